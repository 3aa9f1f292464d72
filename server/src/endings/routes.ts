import { endingCalls as calls } from '#shared/endings.ts'
import { requireMember, requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { endGroup, takeUpGroup } from './end-group.ts'
import { listEndedGroups, readFarewell } from './read-farewell.ts'

export function addEndingRoutes(house: House, app: App): void {
  answer(house, app, calls.endGroup, requireOrganizer, async (organizer, { body }) => {
    await endGroup(house, organizer, body.thanks)
    return {}
  })
  answer(house, app, calls.takeUpGroup, requireOrganizer, async (organizer) => {
    await takeUpGroup(house, organizer)
    return {}
  })
  answer(house, app, calls.readFarewell, requireMember, (member) => readFarewell(house, member))
  answer(house, app, calls.listEndedGroups, requireSignIn, (signedIn) => listEndedGroups(house, signedIn))
}
