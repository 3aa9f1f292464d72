import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

export const LONGEST_GROUP_NAME = 80
export const LONGEST_PURPOSE = 600
export const LONGEST_PLACE_NAME = 120
export const LONGEST_REASON = 600
export const MOST_PLACES = 500
export const MOST_DOMAINS = 20
/** Days that an invite is open, unless somebody says otherwise. */
export const INVITE_DAYS = 7
export const MOST_INVITE_DAYS = 90
/** Invites mailed in one go. */
export const MOST_MAILED = 30
/** Groups on one page of the list. */
export const GROUPS_SHOWN = 20

export const GROUP_KINDS = ['internal', 'meetup'] as const
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const
export const ADMISSIONS = ['open', 'on-request', 'invite-only', 'closed'] as const
export const RHYTHMS = ['weekly', 'fortnightly', 'monthly', 'none'] as const
export const ROLES = ['organizer', 'facilitator', 'member'] as const

export type GroupKind = (typeof GROUP_KINDS)[number]
export type Visibility = (typeof VISIBILITIES)[number]
export type Admission = (typeof ADMISSIONS)[number]
export type Rhythm = (typeof RHYTHMS)[number]
export type Role = (typeof ROLES)[number]

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Kind = Type.Enum([...GROUP_KINDS])
const Rhythms = Type.Enum([...RHYTHMS])
const RoleOf = Type.Enum([...ROLES])
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const PlaceName = orNull(Type.String({ maxLength: LONGEST_PLACE_NAME }))
const Domains = Type.Array(Type.String({ maxLength: 253 }), { maxItems: MOST_DOMAINS })
const Empty = Type.Object({})

/** What an organizer decides about a group. */
const GroupFacts = Type.Object({
  name: Type.String({ minLength: 1, maxLength: LONGEST_GROUP_NAME, pattern: '\\S' }),
  purpose: Type.String({ maxLength: LONGEST_PURPOSE }),
  visibility: Type.Enum([...VISIBILITIES]),
  admission: Type.Enum([...ADMISSIONS]),
  /** Confirmed addresses of these domains may join by themselves. */
  domains: Domains,
  programmeId: orNull(Type.String({ maxLength: 60 })),
  rhythm: Rhythms,
  /** IANA name: the wall clock of the group. */
  zone: Type.String({ minLength: 1, maxLength: 60 }),
  firstSessionAt: orNull(Instant),
  places: Type.Integer({ minimum: 2, maximum: MOST_PLACES }),
  city: PlaceName,
  venue: PlaceName,
  room: PlaceName,
  onlineLink: orNull(Type.String({ maxLength: 500 })),
})

/** A group to start. The writer picks the id, so a retry is never a second group. */
export const GroupDraft = Type.Object({ id: Uuid, kind: Kind, ...GroupFacts.properties })
export type GroupDraft = Static<typeof GroupDraft>

export const GroupChange = Type.Partial(GroupFacts)
export type GroupChange = Static<typeof GroupChange>

/** A group, as its members see it. */
export const Group = Type.Object({
  id: Uuid,
  slug: Type.String(),
  kind: Kind,
  ...GroupFacts.properties,
  programme: orNull(Type.Object({ id: Type.String(), title: Type.String() })),
  memberCount: Type.Integer(),
  /** My own role in it. */
  role: RoleOf,
})
export type Group = Static<typeof Group>

export const MyGroup = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  kind: Kind,
  role: RoleOf,
})
export type MyGroup = Static<typeof MyGroup>

/** An active member, as the others see them. */
export const GroupMember = Type.Object({
  accountId: Uuid,
  name: Type.String(),
  role: RoleOf,
  since: Instant,
})
export type GroupMember = Static<typeof GroupMember>

/** What stands after the @ of an address: no scheme, no path, at least one dot. */
export const isDomain = (text: string) =>
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(text)

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })

export const groupCalls = define({
  createGroup: {
    method: 'POST',
    path: '/api/groups',
    body: GroupDraft,
    response: Group,
    summary: 'Start a group. Whoever starts it organizes it',
  },
  listMyGroups: {
    method: 'GET',
    path: '/api/me/groups',
    response: Type.Array(MyGroup),
    summary: 'Groups that I am an active member of',
  },
  getGroup: {
    method: 'GET',
    path: '/api/groups/:slug',
    params: BySlug,
    response: Group,
    summary: 'A group that I am a member of',
  },
  listMembers: {
    method: 'GET',
    path: '/api/groups/:slug/members',
    params: BySlug,
    response: Type.Array(GroupMember),
    summary: 'Active members: organizers first, then facilitators, then by the time they joined',
  },
})
