import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Session, SessionStatus } from './sessions.ts'

/** What somebody does at a session so that the others can think of its content. */
export const DUTIES = ['facilitator', 'welcome', 'timekeeper', 'notes'] as const
export const Duty = Type.Enum([...DUTIES])
export type Duty = (typeof DUTIES)[number]

/** Sessions ahead that a rota shows. */
export const SESSIONS_IN_ROTA = 12

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Somebody = Type.Object({ id: Id, name: Type.String() })

/** Who does what at the sessions ahead, and who did what so far. */
export const Rota = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Id,
      title: Type.String(),
      status: SessionStatus,
      startsAt: Instant,
      endsAt: Instant,
      duties: Type.Array(
        Type.Object({
          duty: Duty,
          holder: Nullable(Somebody),
          /** Who did it least, of those who can; nobody when it is taken. */
          suggested: Nullable(Somebody),
        }),
      ),
      /** Members who said that they can't come. */
      away: Type.Array(Id),
    }),
  ),
  /** Members, with how often each has done what at sessions that are over. */
  people: Type.Array(
    Type.Object({
      ...Somebody.properties,
      mayFacilitate: Type.Boolean(),
      times: Type.Record(Duty, Type.Integer()),
    }),
  ),
})
export type Rota = Static<typeof Rota>

/** Who has which duty at one session. */
export type Holders = Record<Duty, string | null>
export type RotaPerson = { id: string; mayFacilitate: boolean; joinedAt: string }
export type HeldSession = { startsAt: string; holders: Holders }
export type SessionAhead = HeldSession & { id: string; away: readonly string[] }

/**
 * Who could take each duty that is free at the sessions ahead: whoever did it least; of several, who did it longest ago,
 * then who joined first. Never somebody who can't come, or who has another duty there. Sessions are gone through in
 * order, so that what is taken or suggested for one counts for the next.
 */
export function suggestDuties(
  people: readonly RotaPerson[],
  held: readonly HeldSession[],
  ahead: readonly SessionAhead[],
): Map<string, Holders> {
  const done = countDuties(held)
  return new Map(
    ahead
      .toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))
      .map((session) => [session.id, suggestFor(people, done, session)]),
  )
}

function suggestFor(people: readonly RotaPerson[], done: Done, session: SessionAhead): Holders {
  const suggested = noHolders()
  const busy = new Set(Object.values(session.holders))
  for (const duty of DUTIES) {
    const holder = session.holders[duty]
    const next = holder ?? leastOften(duty, people, done, session, busy)
    if (next === undefined) continue
    if (holder === null) suggested[duty] = next
    busy.add(next)
    done.note(duty, next, session.startsAt)
  }
  return suggested
}

function leastOften(
  duty: Duty,
  people: readonly RotaPerson[],
  done: Done,
  { away }: SessionAhead,
  busy: ReadonlySet<string | null>,
): string | undefined {
  const [first] = people
    .filter(
      ({ id, mayFacilitate }) =>
        !away.includes(id) && !busy.has(id) && (duty !== 'facilitator' || mayFacilitate),
    )
    .toSorted((one, other) => {
      const [mine, theirs] = [done.of(duty, one.id), done.of(duty, other.id)]
      return (
        mine.times - theirs.times ||
        mine.last.localeCompare(theirs.last) ||
        one.joinedAt.localeCompare(other.joinedAt) ||
        one.id.localeCompare(other.id)
      )
    })
  return first?.id
}

/** The same for one duty of one session. */
export const suggestDuty = (
  duty: Duty,
  people: readonly RotaPerson[],
  held: readonly HeldSession[],
  session: SessionAhead,
): string | undefined =>
  leastOften(duty, people, countDuties(held), session, new Set(Object.values(session.holders)))

type Done = ReturnType<typeof countDuties>

/** How often everybody has done each duty, and when last. */
export function countDuties(held: readonly HeldSession[]) {
  const counts = new Map<string, { times: number; last: string }>()
  const of = (duty: Duty, id: string) => counts.get(`${duty} ${id}`) ?? { times: 0, last: '' }
  const note = (duty: Duty, id: string, at: string) => {
    const { times, last } = of(duty, id)
    counts.set(`${duty} ${id}`, { times: times + 1, last: at > last ? at : last })
  }
  for (const { holders, startsAt } of held)
    for (const duty of DUTIES) {
      const id = holders[duty]
      if (id !== null) note(duty, id, startsAt)
    }
  return { of, note }
}

export const noHolders = (): Holders => ({ facilitator: null, welcome: null, timekeeper: null, notes: null })

export const dutyCalls = define({
  readRota: {
    method: 'GET',
    path: '/api/groups/:slug/rota',
    params: Type.Object({ slug: Type.String({ maxLength: 80 }) }),
    response: Rota,
    summary: 'Who does what at the sessions ahead, with who could do what is free',
  },
  takeDuty: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/duties/:duty',
    params: Type.Object({ sessionId: Id, duty: Duty }),
    body: Type.Object({ takes: Type.Boolean() }),
    response: Session,
    summary: 'Take a duty of a session that nobody has, or hand mine back',
  },
})
