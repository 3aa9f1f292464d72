import { groupCalls as calls } from '#shared/group-calls.ts'
import { inviteCalls } from '#shared/invites.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { anyone, requireSignIn, requireVerified } from '../sign-in/guards.ts'
import { acceptInvite } from './accept-invite.ts'
import { changeGroup } from './change-group.ts'
import { changeRole, handOver } from './change-role.ts'
import { createGroup } from './create-group.ts'
import { createInvite, listInvites, revokeInvite } from './create-invite.ts'
import { decideRequest } from './decide-request.ts'
import { findGroups } from './find-groups.ts'
import { requireFacilitator, requireMember, requireOrganizer } from './guards.ts'
import { joinGroup } from './join-group.ts'
import { leaveGroup } from './leave-group.ts'
import { listMembers } from './list-members.ts'
import { listMyGroups } from './list-my-groups.ts'
import { listWaiting } from './list-waiting.ts'
import { mailInvites } from './mail-invites.ts'
import { readBrief } from './read-brief.ts'
import { readInvite } from './read-invite.ts'
import { readPublicGroup } from './read-public-group.ts'
import { removeMember } from './remove-member.ts'
import { showGroup } from './show-group.ts'
import { listLaunchSteps, tickStep, untickStep } from './tick-step.ts'

const STARTING = { limit: [20, 3600] } as const
const LOOKING = { limit: [120, 60] } as const
const JOINING = { limit: [30, 600] } as const
const MAILING = { limit: [10, 600] } as const

export function addGroupRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.createGroup,
    requireSignIn,
    (signedIn, { body }) => createGroup(house, signedIn, body),
    STARTING,
  )
  answer(house, app, calls.listMyGroups, requireSignIn, (signedIn) => listMyGroups(house, signedIn))
  answer(house, app, calls.getGroup, requireMember, ({ group, role }) => showGroup(house.db, group, role))
  answer(house, app, calls.changeGroup, requireOrganizer, (organizer, { body }) =>
    changeGroup(house, organizer, body),
  )

  answer(house, app, calls.findGroups, anyone, (_visitor, { query }) => findGroups(house, query), LOOKING)
  answer(
    house,
    app,
    calls.getPublicGroup,
    anyone,
    (visitor, { params }) => readPublicGroup(house, visitor, params.slug),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.joinGroup,
    requireVerified,
    (verified, { params }) => joinGroup(house, verified, params.slug),
    JOINING,
  )
  answer(house, app, calls.leaveGroup, requireSignIn, (signedIn, { params }) =>
    leaveGroup(house, signedIn, params.slug),
  )

  answer(house, app, calls.listMembers, requireMember, (member) => listMembers(house, member))
  answer(house, app, calls.listWaiting, requireOrganizer, (organizer) => listWaiting(house, organizer))
  answer(house, app, calls.decideRequest, requireOrganizer, (organizer, { params, body }) =>
    decideRequest(house, organizer, params.accountId, body.approve),
  )
  answer(house, app, calls.changeRole, requireOrganizer, (organizer, { params, body }) =>
    changeRole(house, organizer, params.accountId, body.role),
  )
  answer(house, app, calls.removeMember, requireOrganizer, (organizer, { params, body }) =>
    removeMember(house, organizer, params.accountId, body.reason),
  )
  answer(house, app, calls.handOver, requireOrganizer, (organizer, { body }) =>
    handOver(house, organizer, body.accountId),
  )

  answer(house, app, calls.readBrief, requireMember, (member) => readBrief(house, member))
  answer(house, app, calls.listLaunchSteps, requireFacilitator, (facilitator) =>
    listLaunchSteps(house, facilitator),
  )
  answer(house, app, calls.tickStep, requireFacilitator, (facilitator, { params }) =>
    tickStep(house, facilitator, params.item),
  )
  answer(house, app, calls.untickStep, requireFacilitator, (facilitator, { params }) =>
    untickStep(house, facilitator, params.item),
  )

  addInviteRoutes(house, app)
}

function addInviteRoutes(house: House, app: App): void {
  answer(house, app, inviteCalls.createInvite, requireOrganizer, (organizer, { body }) =>
    createInvite(house, organizer, body),
  )
  answer(house, app, inviteCalls.listInvites, requireOrganizer, (organizer) => listInvites(house, organizer))
  answer(house, app, inviteCalls.revokeInvite, requireOrganizer, (organizer, { params }) =>
    revokeInvite(house, organizer, params.inviteId),
  )
  answer(
    house,
    app,
    inviteCalls.mailInvites,
    requireOrganizer,
    (organizer, { body }) => mailInvites(house, organizer, body),
    MAILING,
  )
  answer(
    house,
    app,
    inviteCalls.readInvite,
    anyone,
    (visitor, { params }) => readInvite(house, visitor, params.token),
    LOOKING,
  )
  answer(
    house,
    app,
    inviteCalls.acceptInvite,
    requireSignIn,
    (signedIn, { params }) => acceptInvite(house, signedIn, params.token),
    JOINING,
  )
}
