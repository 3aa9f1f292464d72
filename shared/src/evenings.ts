import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { RsvpState, SessionStatus } from './sessions.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })
const Somebody = Type.Object({ id: Type.String(), name: Type.String() })

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** People are checked in from then on, and a device that lost its connection may tell until the other. */
export const DOOR_OPENS_BEFORE = 3 * HOUR
export const DOOR_HEARS_UNTIL = 24 * HOUR
/** With their own phone people can say that they are here from then on. */
export const ARRIVE_BEFORE = HOUR
/** So long after the start a place is kept for somebody who has not come. */
export const PLACE_HELD = 10 * MINUTE
/** So long names and addresses of walk-ins are kept. */
export const WALK_INS_KEPT = 30 * 24 * HOUR
export const LONGEST_WALK_IN_NAME = 80
/** How much a device may tell at once. */
export const MOST_MARKS = 100
export const MOST_DOOR_LINKS = 30

type Meeting = { status: SessionStatus; startsAt: string | Date; endsAt: string | Date }

/** Whether people can be checked in. */
export function doorState(
  { status, startsAt, endsAt }: Meeting,
  now: Date,
): 'early' | 'open' | 'over' | 'cancelled' {
  if (status === 'cancelled') return 'cancelled'
  if (status === 'scheduled' && now.getTime() < new Date(startsAt).getTime() - DOOR_OPENS_BEFORE)
    return 'early'
  return now.getTime() > new Date(endsAt).getTime() + DOOR_HEARS_UNTIL ? 'over' : 'open'
}

/**
 * How many more can be let in who have no place. Until ten minutes after the start places are kept for whoever is
 * expected; then only who is here counts.
 */
export function roomAtDoor(
  { capacity, startsAt }: { capacity: number | null; startsAt: string | Date },
  { here, expectedStill }: { here: number; expectedStill: number },
  now: Date,
): number {
  if (capacity === null) return Infinity
  const kept = now.getTime() < new Date(startsAt).getTime() + PLACE_HELD ? expectedStill : 0
  return Math.max(0, capacity - here - kept)
}

/** Somebody on the list of the door. `answer` nothing: they said nothing, and only whoever runs the session sees them. */
export const DoorPerson = Type.Object({
  id: Type.String(),
  name: Type.String(),
  guest: Type.Boolean(),
  answer: Nullable(RsvpState),
  here: Type.Boolean(),
  table: Nullable(Type.Integer()),
})
export type DoorPerson = Static<typeof DoorPerson>

export const WalkIn = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Only whoever runs the session is sent it. */
  email: Type.Optional(Nullable(Type.String())),
  arrivedAt: Instant,
  table: Nullable(Type.Integer()),
})
export type WalkIn = Static<typeof WalkIn>

/** Everything that a doorkeeper's device needs, also while it has no connection. */
export const Door = Type.Object({
  sessionId: Type.String(),
  title: Type.String(),
  groupName: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  zone: Type.String(),
  status: SessionStatus,
  state: Type.Enum(['early', 'open', 'over', 'cancelled']),
  capacity: Nullable(Type.Integer()),
  /** The clock of the server, for devices whose own is wrong. */
  now: Instant,
  /** They run the session, and may let people in for whom there is no room. */
  runs: Type.Boolean(),
  people: Type.Array(DoorPerson),
  walkIns: Type.Array(WalkIn),
})
export type Door = Static<typeof Door>

const Marked = {
  /** Chosen by the device. */
  id: Id,
  here: Type.Boolean(),
  /** When it was done. Of two marks about somebody the later counts, whichever is heard first. */
  at: Instant,
  /** Let in although there is no room. */
  anyway: Type.Optional(Type.Boolean()),
}
const PersonMark = Type.Object({ ...Marked, kind: Type.Literal('person'), personId: Id })
const TicketMark = Type.Object({
  ...Marked,
  kind: Type.Literal('ticket'),
  ticket: Type.String({ maxLength: 100 }),
})
const WalkInMark = Type.Object({
  ...Marked,
  kind: Type.Literal('walk-in'),
  walkInId: Id,
  name: Words(LONGEST_WALK_IN_NAME),
  email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
})
/** What was done at the door once. */
export const Mark = Type.Union([PersonMark, TicketMark, WalkInMark])
export type Mark = Static<typeof Mark>

/** What became of what a device told: marks that were refused, each with a sentence, and how it is now. */
export const Heard = Type.Object({
  refused: Type.Array(
    Type.Object({
      id: Type.String(),
      /** `full`: whoever runs the session may let them in anyway. */
      why: Type.Enum(['full', 'unknown', 'closed']),
      message: Type.String(),
    }),
  ),
  door: Door,
})
export type Heard = Static<typeof Heard>

export const DoorLink = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['helper', 'poster']),
  label: Type.String(),
  madeBy: Nullable(Type.String()),
  createdAt: Instant,
  revokedAt: Nullable(Instant),
  /** The address to hand over, until it is revoked. */
  link: Nullable(Type.String()),
})
export type DoorLink = Static<typeof DoorLink>

/** Where I sit, and whom I sit with. */
export const MyTable = Type.Object({
  number: Type.Integer(),
  host: Nullable(Type.String()),
  iHost: Type.Boolean(),
  people: Type.Array(Type.String()),
})
/** My own evening: what I show at the door, whether I am here, where I sit. */
export const MyEvening = Type.Object({
  /** The address behind my QR, while I have a place or wait for one. */
  ticket: Nullable(Type.String()),
  here: Type.Boolean(),
  /** Whether I can say now that I am here. */
  canArrive: Type.Boolean(),
  willing: Type.Boolean(),
  table: Nullable(MyTable),
})
export type MyEvening = Static<typeof MyEvening>

/** What somebody shows at the door. */
export const Ticket = Type.Object({
  name: Type.String(),
  title: Type.String(),
  groupName: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  zone: Type.String(),
  state: Type.Enum(['early', 'open', 'over', 'cancelled']),
  answer: Nullable(RsvpState),
  here: Type.Boolean(),
  sessionId: Type.String(),
  personId: Type.String(),
  /** Whether whoever looks runs the session. */
  runs: Type.Boolean(),
})
export type Ticket = Static<typeof Ticket>

/** What hangs at the door, as one person's phone shows it. */
export const Poster = Type.Object({
  title: Type.String(),
  groupName: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  zone: Type.String(),
  state: Type.Enum(['early', 'open', 'over', 'cancelled']),
  signedIn: Type.Boolean(),
  /** Whoever is signed in and in the group, or a guest of this session. */
  me: Nullable(Type.Object({ name: Type.String(), here: Type.Boolean(), table: Nullable(MyTable) })),
})
export type Poster = Static<typeof Poster>

export const Table = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  host: Nullable(Somebody),
  people: Type.Array(Type.Object({ ...Somebody.properties, walkIn: Type.Boolean() })),
})
export type Table = Static<typeof Table>
export const Tables = Type.Object({
  tables: Type.Array(Table),
  /** Here, and without a table. */
  standing: Type.Array(Somebody),
  /** Would host a table. */
  willing: Type.Array(Somebody),
  here: Type.Integer(),
  expected: Type.Integer(),
})
export type Tables = Static<typeof Tables>

const OfSession = Type.Object({ sessionId: Id })
const ByToken = Type.Object({ token: Type.String({ maxLength: 100 }) })
const Marks = Type.Object({ marks: Type.Array(Mark, { minItems: 1, maxItems: MOST_MARKS }) })

export const eveningCalls = define({
  readDoor: {
    method: 'GET',
    path: '/api/sessions/:sessionId/door',
    params: OfSession,
    response: Door,
    summary: 'Who is expected at the door, who is here, and who waits',
  },
  markAtDoor: {
    method: 'POST',
    path: '/api/sessions/:sessionId/door/marks',
    params: OfSession,
    body: Marks,
    response: Heard,
    summary: 'Check people in, or take that back; may be sent again, in any order',
  },
  readDoorByLink: {
    method: 'GET',
    path: '/api/door/:token',
    params: ByToken,
    response: Door,
    summary: 'The door, for a helper without an account',
  },
  markAtDoorByLink: {
    method: 'POST',
    path: '/api/door/:token/marks',
    params: ByToken,
    body: Marks,
    response: Heard,
    summary: 'Check people in as a helper without an account',
  },
  listDoorLinks: {
    method: 'GET',
    path: '/api/sessions/:sessionId/door/links',
    params: OfSession,
    response: Type.Array(DoorLink),
    summary: 'Links for helpers at the door, and posters',
  },
  makeDoorLink: {
    method: 'POST',
    path: '/api/sessions/:sessionId/door/links',
    params: OfSession,
    body: Type.Object({ id: Id, kind: Type.Enum(['helper', 'poster']), label: Words(80) }),
    response: Type.Array(DoorLink),
    summary: 'Make a link for a helper at the door, or a poster',
  },
  revokeDoorLink: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/door/links/:linkId',
    params: Type.Object({ sessionId: Id, linkId: Id }),
    response: Type.Array(DoorLink),
    summary: 'Take a link to the door back',
  },
  readMyEvening: {
    method: 'GET',
    path: '/api/sessions/:sessionId/my-evening',
    params: OfSession,
    response: MyEvening,
    summary: 'My QR for the door, whether I am here, and my table',
  },
  readMyEveningByLink: {
    method: 'GET',
    path: '/api/rsvp-links/:token/my-evening',
    params: ByToken,
    response: MyEvening,
    summary: 'The same, behind an RSVP link',
  },
  arriveByLink: {
    method: 'POST',
    path: '/api/rsvp-links/:token/arrive',
    params: ByToken,
    response: MyEvening,
    summary: 'Say from an RSVP link that I am here',
  },
  readTicket: {
    method: 'GET',
    path: '/api/tickets/:token',
    params: ByToken,
    response: Ticket,
    summary: 'What somebody shows at the door',
  },
  readPoster: {
    method: 'GET',
    path: '/api/posters/:token',
    params: ByToken,
    response: Poster,
    summary: 'What the QR at the door opens',
  },
  arriveByPoster: {
    method: 'POST',
    path: '/api/posters/:token/arrive',
    params: ByToken,
    response: Poster,
    summary: 'Say with my own phone that I am here',
  },
  walkIn: {
    method: 'POST',
    path: '/api/posters/:token/walk-ins',
    params: ByToken,
    body: Type.Object({
      id: Id,
      name: Words(LONGEST_WALK_IN_NAME),
      email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    }),
    response: Type.Object({ name: Type.String(), table: Nullable(MyTable) }),
    summary: 'Come in without having said so before',
  },
  readTables: {
    method: 'GET',
    path: '/api/sessions/:sessionId/tables',
    params: OfSession,
    response: Tables,
    summary: 'Who sits where',
  },
  makeTables: {
    method: 'POST',
    path: '/api/sessions/:sessionId/tables',
    params: OfSession,
    body: Type.Object({
      of: Type.Enum(['here', 'expected']),
      /** The same seed seats the same people alike. */
      seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
      /** There are tables already: everybody moves. */
      again: Type.Boolean(),
    }),
    response: Tables,
    summary: 'Split the people into tables of three to six, each with a host',
  },
  clearTables: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/tables',
    params: OfSession,
    response: Tables,
    summary: 'Go without tables',
  },
  moveSeat: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/seats/:personId',
    params: Type.Object({ sessionId: Id, personId: Id }),
    body: Type.Object({ tableId: Id }),
    response: Tables,
    summary: 'Seat somebody at another table',
  },
  setTableHost: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/tables/:tableId/host',
    params: Type.Object({ sessionId: Id, tableId: Id }),
    body: Type.Object({ hostId: Id }),
    response: Tables,
    summary: 'Say who hosts a table',
  },
  offerToHost: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/hosting',
    params: OfSession,
    body: Type.Object({ willing: Type.Boolean() }),
    response: MyEvening,
    summary: 'Say that I would host a table',
  },
})
