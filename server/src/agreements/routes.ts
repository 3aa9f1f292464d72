import { agreementCalls as calls } from '#shared/agreements.ts'
import { requireMember, requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { acceptAgreement } from './accept-agreement.ts'
import { readAgreement } from './read-agreement.ts'
import { writeAgreement } from './write-agreement.ts'

/** Each may mail the whole group. */
const MAILING = { limit: [20, 3600] } as const

export function addAgreementRoutes(house: House, app: App): void {
  answer(house, app, calls.readAgreement, requireMember, (member) => readAgreement(house.db, member))
  answer(
    house,
    app,
    calls.writeAgreement,
    requireOrganizer,
    (organizer, { body }) => writeAgreement(house, organizer, body),
    MAILING,
  )
  answer(house, app, calls.acceptAgreement, requireMember, (member, { body }) =>
    acceptAgreement(house, member, body.version),
  )
}
