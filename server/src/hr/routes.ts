import { hrCalls as calls } from '#shared/hr.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireHr } from '../organizations/guards.ts'
import { readHr } from './read-hr.ts'

export function addHrRoutes(house: House, app: App): void {
  answer(house, app, calls.readHr, requireHr, (hr) => readHr(house, hr), { limit: [60, 60] })
}
