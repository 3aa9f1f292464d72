import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { DOORS, Group, LONGEST_REASON, NextSession, RHYTHMS } from './groups.ts'
import { Departure } from './organizations.ts'

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Empty = Type.Object({})
const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const ByColleague = Type.Object({ ...BySlug.properties, accountId: Uuid })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** An internal group, as its organization's colleagues find it. */
export const InternalGroup = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  purpose: Type.String(),
  rhythm: Type.Enum([...RHYTHMS]),
  zone: Type.String(),
  next: orNull(NextSession),
  memberCount: Type.Integer(),
  places: Type.Integer(),
  /** How I may come in. */
  door: Type.Enum([...DOORS]),
  /** Where I stand already. */
  mine: orNull(Type.Enum(['active', 'waitlisted', 'requested'])),
})
export type InternalGroup = Static<typeof InternalGroup>

/** A new group that waits for a yes. */
export const WaitingGroup = Type.Object({
  groupId: Uuid,
  name: Type.String(),
  purpose: Type.String(),
  organizers: Type.Array(Type.String()),
  places: Type.Integer(),
  since: Instant,
})
export type WaitingGroup = Static<typeof WaitingGroup>

/** What happens between an organization and its groups. */
export const internalGroupCalls = define({
  listInternalGroups: {
    method: 'GET',
    path: '/api/organizations/:slug/groups',
    params: BySlug,
    response: Type.Array(InternalGroup),
    summary: 'Groups of the organization that its colleagues find',
  },
  listWaitingGroups: {
    method: 'GET',
    path: '/api/organizations/:slug/approvals',
    params: BySlug,
    response: Type.Array(WaitingGroup),
    summary: 'New groups that wait for an admin',
  },
  decideGroup: {
    method: 'POST',
    path: '/api/organizations/:slug/approvals/:groupId',
    params: Type.Object({ ...BySlug.properties, groupId: Uuid }),
    body: Type.Object({
      approve: Type.Boolean(),
      /** The organizers read it. */
      reason: Type.Optional(Type.String({ maxLength: LONGEST_REASON })),
    }),
    response: Empty,
    summary: 'Approve a new group, or decline it with a reason that its organizers hear by mail',
  },
  setGroupOrganization: {
    method: 'PUT',
    path: '/api/groups/:slug/organization',
    params: BySlug,
    body: Type.Object({ organization: orNull(Type.String({ maxLength: 80 })) }),
    response: Group,
    summary: 'Put a company group into my organization, ask it once more, or take the group out',
  },
  endColleague: {
    method: 'POST',
    path: '/api/organizations/:slug/colleagues/:accountId/end',
    params: ByColleague,
    body: Empty,
    response: Departure,
    summary: 'Somebody left the company: ends their membership of all its groups',
  },
  welcomeBack: {
    method: 'POST',
    path: '/api/organizations/:slug/colleagues/:accountId/welcome',
    params: ByColleague,
    body: Empty,
    response: Empty,
    summary: 'Somebody who left is a colleague again',
  },
  leaveOrganization: {
    method: 'POST',
    path: '/api/organizations/:slug/leave',
    params: BySlug,
    body: Empty,
    response: Departure,
    summary: 'Leave the company myself, and all its groups',
  },
  deleteOrganization: {
    method: 'POST',
    path: '/api/organizations/:slug/delete',
    params: BySlug,
    body: Type.Object({ name: Type.String({ maxLength: 200 }) }),
    response: Empty,
    summary: 'Delete an organization, with its name as the proof. Its groups stay as private groups',
  },
})
