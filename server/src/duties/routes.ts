import { dutyCalls as calls } from '#shared/duties.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSeat } from '../sessions/guards.ts'
import { readRota } from './read-rota.ts'
import { takeDuty } from './take-duty.ts'

export function addDutyRoutes(house: House, app: App): void {
  answer(house, app, calls.readRota, requireMember, (member) => readRota(house, member))
  answer(house, app, calls.takeDuty, requireSeat, (seat, { params, body }) =>
    takeDuty(house, seat, params.duty, body.takes),
  )
}
