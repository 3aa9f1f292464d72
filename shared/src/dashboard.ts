import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { SessionStatus } from './sessions.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** Days that "not now" holds. */
export const PUT_OFF_DAYS = 7

/** Something to do: a page of this site, or a mail to write. */
const Action = Type.Object({ label: Type.String(), href: Type.String() })

export const ReadinessItem = Type.Object({
  id: Type.Enum(['plan', 'place', 'coming', 'questions', 'timekeeper', 'duties']),
  ready: Type.Boolean(),
  text: Type.String(),
  /** A number beside it, when all is well. */
  detail: Nullable(Type.String()),
  /** What makes it ready, when it is not. */
  action: Nullable(Action),
})
export type ReadinessItem = Static<typeof ReadinessItem>

/** The one thing to do now. Its id names it for "not now". */
export const Suggestion = Type.Object({
  id: Type.String(),
  title: Type.String(),
  detail: Type.String(),
  action: Action,
})
export type Suggestion = Static<typeof Suggestion>

export const Dashboard = Type.Object({
  /** "Session 4 of 8" of the programme. */
  step: Nullable(Type.Object({ number: Type.Integer(), of: Type.Integer(), programme: Type.String() })),
  next: Nullable(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      status: SessionStatus,
      startsAt: Instant,
      endsAt: Instant,
      where: Type.String(),
      episode: Nullable(Type.String()),
      /** Over days: until when the part that is on now is open. */
      overDays: Type.Optional(Type.Object({ until: Nullable(Instant) })),
      readiness: Type.Array(ReadinessItem),
    }),
  ),
  now: Nullable(Suggestion),
  /** Turns to speak in the last session, most first. */
  heard: Nullable(
    Type.Object({
      sessionId: Type.String(),
      title: Type.String(),
      people: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), turns: Type.Integer() })),
    }),
  ),
  /** The last sessions, oldest first; the next one with how many said that they come. */
  attendance: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      startsAt: Instant,
      people: Type.Integer(),
      expected: Type.Boolean(),
    }),
  ),
  members: Type.Integer(),
  commitments: Type.Object({
    done: Type.Integer(),
    partly: Type.Integer(),
    open: Type.Integer(),
    letGo: Type.Integer(),
    /** From the promise to its being done. */
    averageDays: Nullable(Type.Number()),
  }),
  programme: Nullable(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      steps: Type.Integer(),
      done: Type.Integer(),
      /** The step of the next session: 0 is the first. */
      current: Nullable(Type.Integer()),
      /** What comes after the next session, or next when nothing is scheduled. */
      following: Nullable(Type.String()),
    }),
  ),
})
export type Dashboard = Static<typeof Dashboard>

const OfGroup = Type.Object({ slug: Type.String() })

export const dashboardCalls = define({
  getDashboard: {
    method: 'GET',
    path: '/api/groups/:slug/dashboard',
    params: OfGroup,
    response: Dashboard,
    summary: 'Whether the next session is ready and the group alive, for its facilitators',
  },
  putOffSuggestion: {
    method: 'PUT',
    path: '/api/groups/:slug/dashboard/put-off',
    params: OfGroup,
    body: Type.Object({ suggestion: Type.String({ pattern: '^[a-z]+(:[0-9a-f-]{36})?$', maxLength: 60 }) }),
    response: Dashboard,
    summary: 'Not now: a suggestion stays away for a week',
  },
})
