import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_RULE } from './series-rule.ts'
import { MOST_CAPACITY } from './session-places.ts'
import {
  LONGEST_PLACE,
  LONGEST_REASON,
  LONGEST_SESSION,
  LONGEST_TITLE,
  RsvpState,
  SessionStatus,
  SHORTEST_SESSION,
} from './sessions.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })
/** A day and a time on the wall clock of the series. */
const Local = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' })
const Minutes = Type.Integer({ minimum: SHORTEST_SESSION, maximum: LONGEST_SESSION })

/** What the change of the clocks does to a date: leaves its time out, so it is an hour later; or has it twice. */
export const ClockNote = Type.Enum(['usual', 'left-out', 'twice'])
export type ClockNote = Static<typeof ClockNote>

/** When the sessions are: the wall clock of the first, the rule (RFC 5545), and the dates that were taken out. */
export const SeriesDates = Type.Object({
  startsLocal: Local,
  rule: Text(LONGEST_RULE),
  exceptions: Type.Array(Local, { maxItems: 200 }),
})
export type SeriesDates = Static<typeof SeriesDates>

const Capacity = Nullable(Type.Integer({ minimum: 1, maximum: MOST_CAPACITY }))

/** A new series. The writer picks the id, so a retry is never a second one. */
export const SeriesDraft = Type.Object({
  id: Id,
  /** Without one, the template's or the programme's. */
  title: Type.Optional(Words(LONGEST_TITLE)),
  ...SeriesDates.properties,
  templateId: Type.Optional(Type.String({ maxLength: 60 })),
  /** A template of the group, instead of one of the guide. */
  groupTemplateId: Type.Optional(Id),
  /** One step of the group's programme after another; then no template. */
  followsProgramme: Type.Optional(Type.Boolean()),
  minutes: Type.Optional(Minutes),
  /** Without them, where the group meets. */
  room: Type.Optional(Text(LONGEST_PLACE)),
  onlineLink: Type.Optional(Text(1_000)),
  capacity: Type.Optional(Capacity),
})
export type SeriesDraft = Static<typeof SeriesDraft>

/** A change of everything that lies ahead, or from one session on. What one session has of its own, it keeps. */
export const SeriesChange = Type.Object({
  /** The first session that it is for. */
  from: Type.Optional(Id),
  title: Type.Optional(Words(LONGEST_TITLE)),
  minutes: Type.Optional(Minutes),
  room: Type.Optional(Text(LONGEST_PLACE)),
  onlineLink: Type.Optional(Text(1_000)),
  dates: Type.Optional(SeriesDates),
})
export type SeriesChange = Static<typeof SeriesChange>

/** A date that a rule gives, before anything is saved. */
export const PlannedDate = Type.Object({
  /** Its name in the series: what the wall clock should show. */
  local: Local,
  startsAt: Instant,
  endsAt: Instant,
  clock: ClockNote,
  /** By how many minutes it is later than the one before, seen from elsewhere. */
  shift: Type.Integer(),
  /** What it will be, when each is another step of the programme. */
  title: Nullable(Type.String()),
  /** It is an exception. */
  leftOut: Type.Boolean(),
  /** What becomes of it when a series is changed: a session that stays, one that moves here from elsewhere, or a new one. */
  change: Type.Enum(['new', 'stays', 'moves']),
  /** Where it was before. */
  movedFrom: Nullable(Instant),
})
export type PlannedDate = Static<typeof PlannedDate>

export const SeriesPreview = Type.Object({
  /** "Every Tuesday". */
  inWords: Type.String(),
  zone: Type.String(),
  dates: Type.Array(PlannedDate),
  /** Sessions that the change would cancel. */
  cancelled: Type.Array(Type.Object({ id: Id, title: Type.String(), startsAt: Instant })),
})
export type SeriesPreview = Static<typeof SeriesPreview>

/** A session of a series. */
export const SeriesSession = Type.Object({
  id: Id,
  title: Type.String(),
  status: SessionStatus,
  startsAt: Instant,
  endsAt: Instant,
  /** It is not at the time that the series gave it. */
  moved: Type.Boolean(),
  clock: ClockNote,
  /** It is over, or has begun. */
  past: Type.Boolean(),
  coming: Type.Integer(),
  mine: Nullable(RsvpState),
})
export type SeriesSession = Static<typeof SeriesSession>

export const Series = Type.Object({
  id: Id,
  groupId: Id,
  title: Type.String(),
  /** "Every Tuesday". */
  inWords: Type.String(),
  zone: Type.String(),
  /** The wall clock of the rule, "18:00". */
  time: Type.String(),
  minutes: Type.Integer(),
  templateId: Nullable(Type.String()),
  groupTemplateId: Nullable(Type.String()),
  followsProgramme: Type.Boolean(),
  room: Nullable(Type.String()),
  /** Where it is in words, the room with it; empty when nobody said yet. */
  place: Type.String(),
  onlineLink: Nullable(Type.String()),
  capacity: Nullable(Type.Integer()),
  /** The rest of it was called off, or all of it is over. */
  ended: Type.Boolean(),
  /** Whether I may change it. */
  runs: Type.Boolean(),
  /** I come to all of it, unless I said otherwise for one session. */
  registered: Type.Boolean(),
  registeredCount: Type.Integer(),
  /** In order of time, also those that are over or cancelled. */
  sessions: Type.Array(SeriesSession),
  /** What a change of the dates begins with: the rest of the rule. */
  rest: Nullable(SeriesDates),
})
export type Series = Static<typeof Series>

const Next = Type.Object({ id: Id, title: Type.String(), startsAt: Instant, endsAt: Instant })

/** A series, as lists show it. */
export const SeriesSummary = Type.Object({
  id: Id,
  title: Type.String(),
  inWords: Type.String(),
  time: Type.String(),
  zone: Type.String(),
  /** Sessions that are not cancelled, and how many of them lie ahead. */
  count: Type.Integer(),
  ahead: Type.Integer(),
  /** The next one, and which of them all it is. */
  next: Nullable(Next),
  nextNumber: Type.Integer(),
  registered: Type.Boolean(),
  ended: Type.Boolean(),
})
export type SeriesSummary = Static<typeof SeriesSummary>

/** A series, as the page of a group tells it to people who may see that page. */
export const PublicSeries = Type.Object({
  title: Type.String(),
  inWords: Type.String(),
  zone: Type.String(),
  ahead: Type.Integer(),
  /** The next three. */
  next: Type.Array(Next),
})
export type PublicSeries = Static<typeof PublicSeries>

/** What a link in a mail about a series opens without signing in: no more than that mail said. */
export const SeriesLink = Type.Object({
  groupName: Type.String(),
  title: Type.String(),
  inWords: Type.String(),
  zone: Type.String(),
  registered: Type.Boolean(),
  /** What lies ahead, and what I said about each. */
  dates: Type.Array(
    Type.Object({ title: Type.String(), startsAt: Instant, endsAt: Instant, mine: Nullable(RsvpState) }),
  ),
})
export type SeriesLink = Static<typeof SeriesLink>

const OfGroup = Type.Object({ slug: Type.String() })
const OfSeries = Type.Object({ seriesId: Id })
const OfLink = Type.Object({ token: Type.String({ maxLength: 200 }) })

export const seriesCalls = define({
  previewSeries: {
    method: 'POST',
    path: '/api/groups/:slug/series/preview',
    params: OfGroup,
    body: Type.Object({
      ...SeriesDates.properties,
      minutes: Minutes,
      followsProgramme: Type.Optional(Type.Boolean()),
    }),
    response: SeriesPreview,
    summary: 'The dates that a rule would give; saves nothing',
  },
  createSeries: {
    method: 'POST',
    path: '/api/groups/:slug/series',
    params: OfGroup,
    body: SeriesDraft,
    response: Series,
    summary: 'Make a series: all its sessions at once, and one mail about them',
  },
  listSeries: {
    method: 'GET',
    path: '/api/groups/:slug/series',
    params: OfGroup,
    response: Type.Array(SeriesSummary),
    summary: 'The series of a group',
  },
  listPublicSeries: {
    method: 'GET',
    path: '/api/groups/:slug/series/public',
    params: OfGroup,
    response: Type.Array(PublicSeries),
    summary: 'What the page of a group says of its series',
  },
  getSeries: {
    method: 'GET',
    path: '/api/series/:seriesId',
    params: OfSeries,
    response: Series,
    summary: 'A series with its sessions, and whether I am registered',
  },
  previewSeriesChange: {
    method: 'POST',
    path: '/api/series/:seriesId/preview',
    params: OfSeries,
    body: Type.Object({ from: Type.Optional(Id), minutes: Minutes, ...SeriesDates.properties }),
    response: SeriesPreview,
    summary: 'What other dates would mean for the sessions that there are; saves nothing',
  },
  changeSeries: {
    method: 'PATCH',
    path: '/api/series/:seriesId',
    params: OfSeries,
    body: SeriesChange,
    response: Series,
    summary: 'Change all sessions that lie ahead, or from one on; one mail says what moved',
  },
  cancelSeries: {
    method: 'POST',
    path: '/api/series/:seriesId/cancel',
    params: OfSeries,
    body: Type.Object({ reason: Words(LONGEST_REASON), from: Type.Optional(Id) }),
    response: Series,
    summary: 'Cancel all sessions that lie ahead, or from one on; everybody hears why',
  },
  register: {
    method: 'PUT',
    path: '/api/series/:seriesId/registration',
    params: OfSeries,
    body: Type.Object({}),
    response: Series,
    summary: 'Come to the whole series, unless I say otherwise for one session',
  },
  unregister: {
    method: 'DELETE',
    path: '/api/series/:seriesId/registration',
    params: OfSeries,
    response: Series,
    summary: 'Come no longer to the whole series',
  },
  readSeriesLink: {
    method: 'GET',
    path: '/api/series-links/:token',
    params: OfLink,
    response: SeriesLink,
    summary: 'Look at the series behind a link of a mail; that registers nobody',
  },
  useSeriesLink: {
    method: 'POST',
    path: '/api/series-links/:token',
    params: OfLink,
    body: Type.Object({ registered: Type.Boolean() }),
    response: SeriesLink,
    summary: 'Register for a series from a mail, or no longer, without signing in',
  },
})
