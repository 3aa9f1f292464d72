import { internalGroupCalls as calls } from '#shared/internal-groups.ts'
import { requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireAdmin, requireColleague } from '../organizations/guards.ts'
import { decideGroup } from './decide-group.ts'
import { deleteOrganization } from './delete-organization.ts'
import { endColleague, leaveOrganization } from './end-colleague.ts'
import { listInternalGroups } from './list-internal-groups.ts'
import { listWaitingGroups } from './list-waiting-groups.ts'
import { setGroupOrganization } from './set-group-organization.ts'
import { welcomeBack } from './welcome-back.ts'

export function addInternalGroupRoutes(house: House, app: App): void {
  answer(house, app, calls.listInternalGroups, requireColleague, (colleague) =>
    listInternalGroups(house, colleague),
  )
  answer(house, app, calls.listWaitingGroups, requireAdmin, (admin) => listWaitingGroups(house, admin))
  answer(house, app, calls.decideGroup, requireAdmin, (admin, { params, body }) =>
    decideGroup(house, admin, params.groupId, body),
  )
  answer(house, app, calls.setGroupOrganization, requireOrganizer, (organizer, { body }) =>
    setGroupOrganization(house, organizer, body.organization),
  )
  answer(house, app, calls.endColleague, requireAdmin, (admin, { params }) =>
    endColleague(house, admin, params.accountId),
  )
  answer(house, app, calls.welcomeBack, requireAdmin, (admin, { params }) =>
    welcomeBack(house, admin, params.accountId),
  )
  answer(house, app, calls.leaveOrganization, requireColleague, (colleague) =>
    leaveOrganization(house, colleague),
  )
  answer(house, app, calls.deleteOrganization, requireAdmin, (admin, { body }) =>
    deleteOrganization(house, admin, body.name),
  )
}
