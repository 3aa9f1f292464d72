import { takeOverCalls as calls } from '#shared/take-overs.ts'
import { requireMember, requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { grantTakeOver, objectToTakeOver } from './answer-take-over.ts'
import { askTakeOver, withdrawTakeOver } from './ask-take-over.ts'
import { decideTakeOver, listTakeOvers } from './decide-take-over.ts'
import { readTakeOver } from './find-take-over.ts'
import { tellDueJudges } from './tell-judges.ts'

/** Each mails the organizers. */
const ASKING = { limit: [5, 3600] } as const

export function addTakeOverRoutes(house: House, app: App): void {
  house.jobs.repeat('tell-take-over-judges', '11 * * * *', () => tellDueJudges(house))

  answer(house, app, calls.readTakeOver, requireMember, (member) => readTakeOver(house, house.db, member))
  answer(
    house,
    app,
    calls.askTakeOver,
    requireMember,
    (member, { body }) => askTakeOver(house, member, body),
    ASKING,
  )
  answer(house, app, calls.withdrawTakeOver, requireMember, (member) => withdrawTakeOver(house, member))
  answer(house, app, calls.objectToTakeOver, requireOrganizer, (organizer, { body }) =>
    objectToTakeOver(house, organizer, body.reason),
  )
  answer(house, app, calls.grantTakeOver, requireOrganizer, (organizer) => grantTakeOver(house, organizer))
  answer(house, app, calls.listTakeOvers, requireSignIn, (signedIn) => listTakeOvers(house, signedIn))
  answer(house, app, calls.decideTakeOver, requireSignIn, async (signedIn, { params, body }) => {
    await decideTakeOver(house, signedIn, params.id, body)
    return {}
  })
}
