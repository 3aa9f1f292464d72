import { splitCalls as calls } from '#shared/splits.ts'
import { requireMember, requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { answerPlacement } from './answer-placement.ts'
import { cloneGroup } from './clone-group.ts'
import { listSplits } from './list-splits.ts'
import { splitGroup } from './split-group.ts'

/** Each starts a group and may mail everybody in this one. */
const STARTING = { limit: [10, 3600] } as const

export function addSplitRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.cloneGroup,
    requireOrganizer,
    (organizer, { body }) => cloneGroup(house, organizer, body),
    STARTING,
  )
  answer(
    house,
    app,
    calls.splitGroup,
    requireOrganizer,
    (organizer, { body }) => splitGroup(house, organizer, body),
    STARTING,
  )
  answer(house, app, calls.listSplits, requireMember, (member) => listSplits(house, member))
  answer(house, app, calls.answerPlacement, requireSignIn, (signedIn, { params, body }) =>
    answerPlacement(house, signedIn, params, body.moves),
  )
}
