import { and, eq, gt } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { memberships, putOff } from '#db/schema.ts'
import { countExpected, oneThingNow, readinessOf } from '#shared/dashboard-rules.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import { nextStep } from '#shared/programme-progress.ts'
import type { Facilitator, GroupRow } from '../groups/guards.ts'
import { findProgramme, findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { suggestNext } from '../sessions/list-sessions.ts'
import { sayDay, toInstant } from '../sessions/local-time.ts'
import { readTurns } from '../sessions/read-turns.ts'
import { readNext, type Next } from './read-next.ts'
import {
  readAttendance,
  readCommitmentCounts,
  readLast,
  readMissed,
  readNeverHeld,
  readSteps,
  readUnheard,
} from './read-past.ts'

/** Whether the next session is ready and the group alive. */
export async function readDashboard(house: House, member: Facilitator): Promise<Dashboard> {
  const { db } = house
  const { group } = member
  const now = house.now()
  const next = await readNext(db, member, now)
  const last = await readLast(db, group)
  const past = await readAttendance(db, group)
  const heard = last ? await readHeard(db, last) : null
  const programme = await readProgramme(db, group, next?.session)
  const facts = {
    slug: group.slug,
    name: group.name,
    next: next?.facts ?? null,
    suggestedDate: await saySuggested(house, group),
    missed: (await readMissed(db, group, past)).filter(({ id }) => id !== member.account.id),
    neverHeld: await readNeverHeld(db, group, now),
    unheard: await readUnheard(db, heard),
  }
  return {
    step:
      programme && programme.current !== null
        ? { number: programme.current + 1, of: programme.steps, programme: programme.title }
        : null,
    next: next ? { ...toNext(next), readiness: readinessOf(group, next.facts) } : null,
    now: oneThingNow(facts, now, await readPutOff(db, member, now)),
    heard,
    attendance: next ? [...past, expectedAt(next)] : past,
    members: await db.$count(
      memberships,
      and(eq(memberships.groupId, group.id), eq(memberships.status, 'active')),
    ),
    commitments: await readCommitmentCounts(db, group),
    programme,
  }
}

/** Whoever runs a session speaks without asking, so having no turn says nothing about them. */
async function readHeard(
  db: Db,
  last: Pick<SessionRow, 'id' | 'title' | 'facilitatorId'>,
): Promise<NonNullable<Dashboard['heard']>> {
  const people = await readTurns(db, last)
  return {
    sessionId: last.id,
    title: last.title,
    people: people.filter(({ id, turns }) => turns > 0 || id !== last.facilitatorId),
  }
}

function toNext({ session, episode, facts }: Next): Omit<NonNullable<Dashboard['next']>, 'readiness'> {
  const { id, title, status, startsAt, endsAt, onlineLink } = session
  const { place } = facts
  return {
    id,
    title,
    status,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    where: place && onlineLink ? `${place} and online` : place || (onlineLink ? 'Online' : ''),
    episode,
    ...(session.overDays ? { overDays: { until: session.timerEndsAt?.toISOString() ?? null } } : {}),
  }
}

const expectedAt = ({ session, facts }: Next): Dashboard['attendance'][number] => ({
  id: session.id,
  title: session.title,
  startsAt: session.startsAt.toISOString(),
  people: countExpected(facts),
  expected: true,
})

async function saySuggested(house: House, group: GroupRow): Promise<string> {
  const { startsLocal } = await suggestNext(house, group)
  return sayDay(toInstant(startsLocal, group.zone), group.zone)
}

async function readPutOff(db: Db, { account, group }: Facilitator, now: Date): Promise<Set<string>> {
  const rows = await db
    .select({ suggestion: putOff.suggestion })
    .from(putOff)
    .where(and(eq(putOff.groupId, group.id), eq(putOff.accountId, account.id), gt(putOff.until, now)))
  return new Set(rows.map(({ suggestion }) => suggestion))
}

async function readProgramme(
  db: Db,
  group: GroupRow,
  next: SessionRow | undefined,
): Promise<Dashboard['programme']> {
  const programme = group.programmeId ? findProgramme(group.programmeId) : undefined
  if (!programme) return null
  const taken = (await readSteps(db, group)).flatMap(({ step, status }) =>
    step === null ? [] : [{ step, status }],
  )
  const after = nextStep(
    programme,
    taken.map(({ step }) => step),
  )
  const template = after === undefined ? undefined : programme.sessions[after]?.template
  return {
    id: programme.id,
    title: programme.title,
    steps: programme.sessions.length,
    done: new Set(taken.filter(({ status }) => status === 'wrapped-up').map(({ step }) => step)).size,
    current: next?.programmeStep ?? null,
    following: (template === undefined ? undefined : findTemplate(template)?.title) ?? null,
  }
}
