import { groupCalls as calls } from '#shared/groups.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { createGroup } from './create-group.ts'
import { requireMember } from './guards.ts'
import { listMembers } from './list-members.ts'
import { listMyGroups } from './list-my-groups.ts'
import { showGroup } from './show-group.ts'

export function addGroupRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.createGroup,
    requireSignIn,
    (signedIn, { body }) => createGroup(house, signedIn, body),
    { limit: [20, 3600] },
  )
  answer(house, app, calls.listMyGroups, requireSignIn, (signedIn) => listMyGroups(house, signedIn))
  answer(house, app, calls.getGroup, requireMember, ({ group, role }) => showGroup(house.db, group, role))
  answer(house, app, calls.listMembers, requireMember, (member) => listMembers(house, member))
}
