import Type, { type Static } from 'typebox'
import { Retention } from './retention.ts'

export const LONGEST_GROUP_NAME = 80
export const LONGEST_PURPOSE = 600
export const LONGEST_PLACE_NAME = 120
export const LONGEST_ADDRESS = 200
export const LONGEST_ACCESS_NOTES = 600
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
export const VISIBILITIES = ['public', 'colleagues', 'unlisted', 'private'] as const
/** Whether the organization, if it wants that, said yes to a group. */
export const APPROVALS = ['none', 'waiting', 'approved', 'declined'] as const
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
export const RoleOf = Type.Enum([...ROLES])
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const PlaceName = orNull(Type.String({ maxLength: LONGEST_PLACE_NAME }))
const Domains = Type.Array(Type.String({ maxLength: 253 }), { maxItems: MOST_DOMAINS })

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

/** What may be said besides. */
const MoreFacts = Type.Object({
  /** Street and number. */
  address: orNull(Type.String({ maxLength: LONGEST_ADDRESS })),
  /** How to get in. */
  accessNotes: Type.String({ maxLength: LONGEST_ACCESS_NOTES }),
  /** What is spoken, as BCP 47 writes it: "en", "pt-BR". */
  language: orNull(Type.String({ maxLength: 35 })),
})

/** A group to start. The writer picks the id, so a retry is never a second group. */
export const GroupDraft = Type.Object({
  id: Uuid,
  kind: Kind,
  ...GroupFacts.properties,
  ...Type.Partial(MoreFacts).properties,
  /** The slug of my organization, when a company group starts inside it. */
  organization: Type.Optional(orNull(Type.String({ maxLength: 80 }))),
})
export type GroupDraft = Static<typeof GroupDraft>

export const GroupChange = Type.Partial(Type.Object({ ...GroupFacts.properties, ...MoreFacts.properties }))
export type GroupChange = Static<typeof GroupChange>

/** A group, as its members see it. */
export const Group = Type.Object({
  id: Uuid,
  slug: Type.String(),
  kind: Kind,
  ...GroupFacts.properties,
  ...MoreFacts.properties,
  programme: orNull(Type.Object({ id: Type.String(), title: Type.String() })),
  memberCount: Type.Integer(),
  /** The company it lives in. */
  organization: orNull(Type.Object({ slug: Type.String(), name: Type.String() })),
  /** Whether the organization, if it wants that, said yes. Until then nobody is let in. */
  approval: Type.Enum([...APPROVALS]),
  retention: Retention,
  /** Nothing is added from then on; everything stays to be read. */
  endedAt: orNull(Instant),
  /** The operator closed it: nothing is added, everything stays to be read. Organizers read why. */
  suspended: orNull(Type.Object({ since: Instant, reason: orNull(Type.String()) })),
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

/** How somebody who is not in the group may come in. */
export const DOORS = ['join', 'ask', 'invite', 'closed'] as const
export type Door = (typeof DOORS)[number]

export const matchesDomain = (email: string, domains: readonly string[]) =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase())

/** Which door stands open for a confirmed address, or for a stranger without one. */
export function doorFor(
  { admission, domains }: { admission: Admission; domains: readonly string[] },
  confirmedEmail: string | undefined,
): Door {
  if (admission === 'closed') return 'closed'
  if (confirmedEmail !== undefined && matchesDomain(confirmedEmail, domains)) return 'join'
  switch (admission) {
    case 'open':
      return domains.length === 0 ? 'join' : 'invite'
    case 'on-request':
      return 'ask'
    case 'invite-only':
      return 'invite'
  }
}

/** The next planned session, as anybody who may see the group sees it. */
export const NextSession = Type.Object({
  id: Uuid,
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
})
export type NextSession = Static<typeof NextSession>

/** How people come together. A hybrid group is found as both. */
export const WAYS = ['in person', 'online', 'hybrid'] as const

/** What somebody looks for. The distance is in kilometres around the city, 25 when nothing is said. */
export const GroupSearch = Type.Object({
  words: Type.Optional(Type.String({ maxLength: 200 })),
  city: Type.Optional(Type.String({ maxLength: LONGEST_PLACE_NAME })),
  within: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  /** Of the next session, on the clock of its group; 1 is Monday. */
  weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
  /** BCP 47; "pt" also finds "pt-BR". */
  language: Type.Optional(Type.String({ maxLength: 35 })),
  meets: Type.Optional(Type.Enum([...WAYS])),
  /** `more` of the page before. */
  after: Type.Optional(Type.String({ maxLength: 120 })),
})
export type GroupSearch = Static<typeof GroupSearch>

/** A group in the list that everybody can search. */
export const FoundGroup = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  purpose: Type.String(),
  kind: Kind,
  city: orNull(Type.String()),
  online: Type.Boolean(),
  rhythm: Rhythms,
  zone: Type.String(),
  next: orNull(NextSession),
  firstSessionAt: orNull(Instant),
  memberCount: Type.Integer(),
  places: Type.Integer(),
  language: orNull(Type.String()),
  /** It has a place where it meets; with `online` too it is hybrid. */
  inPerson: Type.Boolean(),
  /** From the middle of the city that was asked for. */
  kilometres: orNull(Type.Number()),
})
export type FoundGroup = Static<typeof FoundGroup>

export const FoundGroups = Type.Object({
  groups: Type.Array(FoundGroup),
  /** Leads to the next page; none: this is the last. */
  more: orNull(Type.String()),
  /** The city that distances are counted from. */
  city: orNull(Type.Object({ name: Type.String(), country: Type.String() })),
  /** When nothing was found: what would be, up to 99. */
  otherwise: orNull(
    Type.Object({
      further: orNull(Type.Object({ kilometres: Type.Integer(), groups: Type.Integer() })),
      online: Type.Integer(),
    }),
  ),
})
export type FoundGroups = Static<typeof FoundGroups>

/** A group as its page shows it to people who may see it but are not in it. Neither room nor link is told. */
export const PublicGroup = Type.Object({
  ...Type.Omit(FoundGroup, ['kilometres']).properties,
  visibility: Type.Enum([...VISIBILITIES]),
  venue: orNull(Type.String()),
  /** Of meetups; a company's is told to members only. */
  address: orNull(Type.String()),
  accessNotes: Type.String(),
  programme: orNull(Type.Object({ id: Type.String(), title: Type.String() })),
  organizers: Type.Array(Type.String()),
  waiting: Type.Integer(),
  door: Type.Enum([...DOORS]),
  /** A confirmed address of certain domains opens the door; which ones is told to members only. */
  byDomain: Type.Boolean(),
  /** The company it lives in; only its colleagues are here. */
  organization: orNull(Type.String()),
  mine: orNull(
    Type.Object({
      status: Type.Enum(['active', 'waitlisted', 'requested']),
      role: RoleOf,
      /** How many wait before me. */
      ahead: Type.Integer(),
    }),
  ),
})
export type PublicGroup = Static<typeof PublicGroup>

/** Where somebody stands after asking to come in. */
export const Standing = Type.Object({
  slug: Type.String(),
  status: Type.Enum(['active', 'waitlisted', 'requested']),
})
export type Standing = Static<typeof Standing>

/** Somebody who asked to join, or waits for a place. */
export const Waiting = Type.Object({
  accountId: Uuid,
  name: Type.String(),
  /** Of who asks only, to know who it is; the page of the group says so beside the button. */
  email: orNull(Type.String()),
  status: Type.Enum(['requested', 'waitlisted']),
  since: Instant,
})
export type Waiting = Static<typeof Waiting>

/** What the one-page brief for HR is made of. */
export const Brief = Type.Object({
  organizers: Type.Array(Type.String()),
  /** Who is asked: the reading organizer's own address, nobody else's. */
  contact: orNull(Type.String()),
  programme: orNull(
    Type.Object({
      title: Type.String(),
      purpose: Type.String(),
      openEnded: Type.Boolean(),
      sessions: Type.Array(Type.Object({ title: Type.String(), minutes: Type.Integer() })),
    }),
  ),
})
export type Brief = Static<typeof Brief>

/** One step of the launch checklist of the guide, with this group's tick. */
export const LaunchStep = Type.Object({
  id: Type.String(),
  title: Type.String(),
  why: Type.String(),
  when: Type.String(),
  ticked: Type.Boolean(),
})
export type LaunchStep = Static<typeof LaunchStep>
