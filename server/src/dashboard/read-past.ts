import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { accounts, attendances, commitments, memberships, sessions } from '#db/schema.ts'
import type { MissedFacts, PersonFacts } from '#shared/dashboard-rules.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { SessionRow } from '../sessions/guards.ts'

const SESSIONS_SHOWN = 8
/** How long a session that never took place is asked about. */
const ASKED_FOR = 21 * 86_400_000

type Attendance = Dashboard['attendance'][number]

/** The last sessions that took place, oldest first, with how many were there. */
export async function readAttendance(db: Db, group: GroupRow): Promise<Attendance[]> {
  const rows = await db
    .select({
      id: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      people: sql<number>`(select count(*)::int from ${attendances} a where a.session_id = ${sessions.id})`,
    })
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), eq(sessions.status, 'wrapped-up')))
    .orderBy(desc(sessions.startsAt))
    .limit(SESSIONS_SHOWN)
  return rows
    .reverse()
    .map(({ startsAt, ...row }) => ({ ...row, startsAt: startsAt.toISOString(), expected: false }))
}

/** Members who could have been at the last two sessions and were at neither; an open promise comes first. */
export async function readMissed(
  db: Db,
  group: GroupRow,
  past: readonly Attendance[],
): Promise<MissedFacts[]> {
  const lastTwo = past.slice(-2)
  const [before] = lastTwo
  if (!before || lastTwo.length < 2) return []
  const there = db
    .select({ id: attendances.accountId })
    .from(attendances)
    .where(
      inArray(
        attendances.sessionId,
        lastTwo.map(({ id }) => id),
      ),
    )
  const away = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.status, 'active'),
        lt(sql`coalesce(${memberships.joinedAt}, ${memberships.createdAt})`, new Date(before.startsAt)),
        notInArray(memberships.accountId, there),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))
  if (away.length === 0) return []
  const open = await db
    .selectDistinctOn([commitments.accountId], {
      accountId: commitments.accountId,
      action: commitments.action,
      session: sessions.title,
    })
    .from(commitments)
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .where(
      and(
        eq(commitments.groupId, group.id),
        or(
          eq(commitments.status, 'open'),
          and(inArray(commitments.status, ['partly', 'not-yet']), eq(commitments.comesBack, true)),
        ),
        isNull(sessions.forgottenAt),
        inArray(
          commitments.accountId,
          away.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(commitments.accountId, desc(commitments.madeAt))
  const missed = away.map((person) => {
    const promise = open.find(({ accountId }) => accountId === person.id)
    return {
      ...person,
      openCommitment: promise ? { action: promise.action, session: promise.session } : null,
    }
  })
  return missed.sort(
    (one, other) => Number(one.openCommitment === null) - Number(other.openCommitment === null),
  )
}

/** A session whose time went by while its room stayed shut. */
export async function readNeverHeld(
  db: Db,
  group: GroupRow,
  now: Date,
): Promise<{ id: string; title: string } | null> {
  const [session] = await db
    .select({ id: sessions.id, title: sessions.title })
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, group.id),
        eq(sessions.status, 'scheduled'),
        isNull(sessions.openedAt),
        lt(sessions.endsAt, now),
        gte(sessions.endsAt, new Date(now.getTime() - ASKED_FOR)),
      ),
    )
    .orderBy(desc(sessions.startsAt))
    .limit(1)
  return session ?? null
}

/** Of those who were there last time, one without a turn while others had theirs. */
export async function readUnheard(db: Db, heard: Dashboard['heard']): Promise<PersonFacts | null> {
  const silent = heard?.people.filter(({ turns }) => turns === 0) ?? []
  const [first] = silent
  if (!first || silent.length === heard?.people.length) return null
  const [person] = await db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(eq(accounts.id, first.id))
  return person ?? null
}

/** What became of what was promised in the group. */
export async function readCommitmentCounts(db: Db, group: GroupRow): Promise<Dashboard['commitments']> {
  const [counts] = await db
    .select({
      done: sql<number>`count(*) filter (where ${commitments.status} = 'done')::int`,
      partly: sql<number>`count(*) filter (where ${commitments.status} = 'partly')::int`,
      open: sql<number>`count(*) filter (where ${commitments.status} = 'open'
        or (${commitments.status} = 'not-yet' and ${commitments.comesBack}))::int`,
      // "Not yet", and not asked about any more.
      letGo: sql<number>`count(*) filter (where ${commitments.status} = 'let-go'
        or (${commitments.status} = 'not-yet' and not ${commitments.comesBack}))::int`,
      averageDays: sql<
        number | null
      >`(avg(extract(epoch from ${commitments.closedAt} - ${commitments.madeAt}) / 86400)
        filter (where ${commitments.status} = 'done'))::float`,
    })
    .from(commitments)
    .where(eq(commitments.groupId, group.id))
  return counts ?? { done: 0, partly: 0, open: 0, letGo: 0, averageDays: null }
}

/** The steps of the programme that were taken; cancelled ones don't count. */
export const readSteps = (db: Db, group: GroupRow) =>
  db
    .select({ step: sessions.programmeStep, status: sessions.status })
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), ne(sessions.status, 'cancelled')))

/** The last session that took place. */
export async function readLast(db: Db, group: GroupRow): Promise<SessionRow | undefined> {
  const [last] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), eq(sessions.status, 'wrapped-up')))
    .orderBy(desc(sessions.startsAt))
    .limit(1)
  return last
}
