import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  answers,
  attendances,
  blocks,
  episodes,
  memberships,
  sessionGuests,
  sessions,
  turns,
} from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { WrapUp } from '#shared/sessions.ts'
import { readCommitmentsOf } from '../commitments/read-commitments.ts'
import { mayFacilitate, type GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Seat, SessionRow } from './guards.ts'

/** What stays of a session, once it is over. Who spoke how often is for facilitators. */
export async function getWrapUp(house: House, { member, session }: Seat): Promise<WrapUp> {
  if (session.status !== 'wrapped-up' || !session.wrappedUpAt)
    throw new Refusal('conflict', 'This session is not over yet. Its wrap-up appears when it is closed.')
  const runs = mayFacilitate(member)
  const whole = await readWrapUp(house.db, member.group, { ...session, wrappedUpAt: session.wrappedUpAt })
  // What is no longer kept is read by whoever promised it, and by nobody else.
  const mine = whole.commitments.filter(({ accountId }) => accountId === member.account.id)
  const commitments = session.forgottenAt ? mine : whole.commitments
  return { ...whole, commitments, runs, ...(runs ? { turns: await readTurns(house.db, session) } : {}) }
}

/** What everybody in the group may read of it. */
export async function readWrapUp(
  db: Reader,
  group: Pick<GroupRow, 'id' | 'zone'>,
  session: SessionRow & { wrappedUpAt: Date },
): Promise<WrapUp> {
  const { present, absent } = await readWhoWasThere(db, session)
  return {
    id: session.id,
    title: session.title,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    wrappedUpAt: session.wrappedUpAt.toISOString(),
    forgottenAt: session.forgottenAt?.toISOString() ?? null,
    zone: group.zone,
    episode: await readEpisode(db, session),
    runs: false,
    present,
    absent,
    blocks: await readBlocks(db, session.id),
    commitments: await readCommitmentsOf(db, eq(sessions.id, session.id)),
  }
}

async function readEpisode(db: Reader, { episodeId }: SessionRow): Promise<WrapUp['episode']> {
  if (!episodeId) return null
  const [episode] = await db
    .select({ id: episodes.id, title: episodes.title })
    .from(episodes)
    .where(eq(episodes.id, episodeId))
  return episode ?? null
}

async function readWhoWasThere(db: Reader, session: SessionRow): Promise<Pick<WrapUp, 'present' | 'absent'>> {
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      there: sql<boolean>`${attendances.accountId} is not null`,
      status: memberships.status,
      joinedAt: memberships.joinedAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, session.id), eq(attendances.accountId, memberships.accountId)),
    )
    .where(eq(memberships.groupId, session.groupId))
    .orderBy(asc(accounts.name), asc(accounts.id))
  const could = rows.filter(
    ({ status, joinedAt }) => status === 'active' && (!joinedAt || joinedAt <= session.endsAt),
  )
  const toPerson = ({ id, name }: { id: string; name: string }) => ({ id, name })
  const known = new Set(rows.map(({ id }) => id))
  const guests = (await readGuestsThere(db, session.id)).filter(({ id }) => !known.has(id))
  return {
    present: [...rows.filter(({ there }) => there).map(toPerson), ...guests],
    absent: could.filter(({ there }) => !there).map(toPerson),
  }
}

/** They come after those who are in the group. */
const readGuestsThere = (db: Reader, sessionId: string) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(attendances)
    .innerJoin(sessionGuests, eq(sessionGuests.sessionId, attendances.sessionId))
    .innerJoin(accounts, eq(accounts.id, attendances.accountId))
    .where(and(eq(attendances.sessionId, sessionId), eq(sessionGuests.accountId, attendances.accountId)))
    .orderBy(asc(accounts.name), asc(accounts.id))

/** Words are read only from blocks that were revealed, so nothing else can slip out. */
async function readBlocks(db: Reader, sessionId: string): Promise<WrapUp['blocks']> {
  const plan = await db
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(asc(blocks.position))
  const revealed = await db
    .select({ id: answers.id, blockId: answers.blockId, name: accounts.name, body: answers.body })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .leftJoin(accounts, eq(accounts.id, answers.accountId))
    .where(
      and(eq(blocks.sessionId, sessionId), isNotNull(blocks.revealedAt), sql`trim(${answers.body}) <> ''`),
    )
    .orderBy(asc(accounts.name), asc(answers.id))
  return plan.map(({ id, kind, title, prompt, minutes, startedAt, ranFor }) => ({
    id,
    kind,
    title,
    prompt,
    minutes,
    took: startedAt && Math.round(ranFor / 6_000) / 10,
    answers: revealed
      .filter(({ blockId }) => blockId === id)
      .map((answer) => ({ id: answer.id, name: answer.name, body: answer.body })),
  }))
}

/** Who had the floor how often: everybody who was there, also with no turn at all; most first. */
export async function readTurns(
  db: Reader,
  { id }: Pick<SessionRow, 'id'>,
): Promise<NonNullable<WrapUp['turns']>> {
  const taken = await db
    .select({ accountId: turns.accountId, times: sql<number>`count(*)::int` })
    .from(turns)
    .where(and(eq(turns.sessionId, id), isNotNull(turns.beganAt)))
    .groupBy(turns.accountId)
  const times = new Map(taken.map((one) => [one.accountId, one.times]))
  const there = await db
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .where(eq(attendances.sessionId, id))
  const ids = [...new Set([...times.keys(), ...there.map(({ accountId }) => accountId)])]
  if (ids.length === 0) return []
  const people = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  return people
    .map((person) => ({ ...person, turns: times.get(person.id) ?? 0 }))
    .sort((a, b) => b.turns - a.turns || a.name.localeCompare(b.name, 'en'))
}
