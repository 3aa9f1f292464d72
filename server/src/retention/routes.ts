import { retentionCalls as calls } from '#shared/retention.ts'
import { requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { changeRetention } from './change-retention.ts'
import { forgetOldWords } from './forget-old-words.ts'

/** Each may mail the whole group. */
const MAILING = { limit: [20, 3600] } as const

export function addRetentionRoutes(house: House, app: App): void {
  house.jobs.repeat('forget-old-words', '17 3 * * *', () => forgetOldWords(house))

  answer(
    house,
    app,
    calls.changeRetention,
    requireOrganizer,
    (organizer, { body }) => changeRetention(house, organizer, body.months),
    MAILING,
  )
}
