import { and, asc, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  answers,
  attendances,
  blocks,
  codeGuests,
  memberships,
  sessions,
  turns,
} from '#db/schema.ts'
import type { LivePerson, Room, SessionView } from '#shared/live.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate, type GroupRow } from '../groups/guards.ts'
import { countSealed, readMySealed } from '../answers/sealed-answers.ts'
import type { House } from '../house.ts'
import { readCounts, readDiscussions, readDone, readMyBallots } from '../ballots/read-ballots.ts'
import { readSpoken } from '../go-rounds/read-go-rounds.ts'
import { NO_PLENARY } from '#shared/live/plenary.ts'
import { readPlenaries } from '../plenary/read-plenary.ts'
import { readPaces, readPods } from '../pods/read-pods.ts'
import { readPosition } from '../rooms/rooms.ts'
import type { Seat, SessionRow } from '../sessions/guards.ts'
import { readTopics } from '../topics/read-topics.ts'
import { readPlan, timerOf, type BlockRow } from './go-to-block.ts'
import { asPerson, readDoor, readLead } from './read-lead.ts'
import { readCommitments, readRevealed, toMeeting, toPlanned } from './read-words.ts'
import { isStepDue, settleOverDays } from './settle-over-days.ts'
import { toMine, withoutMoment } from './write-answer.ts'

/** The view, where its log stands, and what only the caller may read: all of the same moment. */
export async function readRoom(house: House, { member, session }: Seat): Promise<Room> {
  const { id } = session
  if (isStepDue(session, house.now())) await settleOverDays(house, id)
  return house.db.transaction(
    async (tx) => {
      const position = await readPosition(tx, id)
      const [session] = await tx.select().from(sessions).where(eq(sessions.id, id))
      if (!session) throw new Refusal('not-found')
      const plan = await readPlan(tx, id)
      const mine = await tx
        .select({ answer: answers })
        .from(answers)
        .innerJoin(blocks, eq(blocks.id, answers.blockId))
        .where(and(eq(blocks.sessionId, id), eq(answers.accountId, member.account.id)))
      const blockIds = plan.map((block) => block.id)
      const sealed = await readMySealed(house, tx, blockIds, member.account.id)
      const mayRun = mayFacilitate(member)
      return {
        position,
        view: await readView(tx, session, plan, member.group),
        me: { accountId: member.account.id, mayRun },
        mine: [...mine.map(({ answer }) => toMine(answer)), ...sealed.map(withoutMoment)],
        ballots: await readMyBallots(tx, id, member.account.id),
        notes: mayRun
          ? plan.flatMap(({ id: blockId, notes }) => (notes === '' ? [] : [{ blockId, notes }]))
          : [],
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

async function readView(
  tx: Reader,
  session: SessionRow,
  plan: BlockRow[],
  { slug, name, retentionMonths }: Pick<GroupRow, 'slug' | 'name' | 'retentionMonths'>,
): Promise<SessionView> {
  const written = await readWritten(tx, session.id)
  const revealed = await readRevealed(
    tx,
    session.id,
    plan.map(({ id }) => id),
  )
  const blockIds = plan.map(({ id }) => id)
  const together = await readPods(tx, blockIds)
  const paces = await readPaces(tx, blockIds)
  const counts = await readCounts(tx, blockIds)
  const discussions = await readDiscussions(tx, blockIds)
  const plenaries = await readPlenaries(tx, blockIds)
  const spokenOf = await readSpoken(tx, blockIds)
  const counted = await countSealed(tx, blockIds)
  const waiting = await tx
    .select()
    .from(turns)
    .where(and(eq(turns.sessionId, session.id), isNull(turns.beganAt), isNull(turns.endedAt)))
    .orderBy(asc(turns.askedAt), asc(turns.id))
  const [speaking] = await tx
    .select()
    .from(turns)
    .where(and(eq(turns.sessionId, session.id), isNotNull(turns.beganAt), isNull(turns.endedAt)))
  return {
    session: toMeeting(session),
    group: { slug, name, ...(retentionMonths ? { retentionMonths } : {}) },
    blocks: plan.map((block) => ({
      ...toPlanned(block),
      startedAt: block.startedAt?.toISOString() ?? null,
      endedAt: block.endedAt?.toISOString() ?? null,
      revealedAt: block.revealedAt?.toISOString() ?? null,
      written: (written.get(block.id) ?? []).sort(),
      writtenCount: counted.get(block.id) ?? 0,
      answers: revealed.get(block.id) ?? [],
      pods: together.get(block.id) ?? [],
      pace: paces.get(block.id) ?? null,
      count: counts.get(block.id) ?? null,
      discussion: discussions.get(block.id) ?? null,
      plenary: plenaries.get(block.id) ?? NO_PLENARY,
      ...spokenOf(block.id),
    })),
    currentBlockId: session.currentBlockId,
    timer: timerOf(session),
    people: await readPeople(tx, session.id),
    queue: waiting.map(({ id, accountId, kind, askedAt }) => ({
      turnId: id,
      accountId,
      kind,
      askedAt: askedAt.toISOString(),
    })),
    speaking: speaking
      ? {
          turnId: speaking.id,
          accountId: speaking.accountId,
          beganAt: (speaking.beganAt ?? speaking.askedAt).toISOString(),
        }
      : null,
    // What the group no longer keeps is its maker's alone.
    commitments: session.forgottenAt ? [] : [...(await readCommitments(tx, session.id)).values()],
    topics: await readTopics(tx, session.id),
    lead: await readLead(tx, session.id),
    door: await readDoor(tx, session.id),
  }
}

/** Who is done with what: ids only. */
async function readWritten(tx: Reader, sessionId: string): Promise<Map<string, string[]>> {
  const rows = await tx
    .select({ blockId: answers.blockId, accountId: answers.accountId })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .where(and(eq(blocks.sessionId, sessionId), isNotNull(answers.done)))
  const written = new Map<string, string[]>()
  for (const { blockId, accountId } of [...rows, ...(await readDone(tx, sessionId))])
    if (accountId !== null) written.set(blockId, [...(written.get(blockId) ?? []), accountId])
  return written
}

async function readPeople(tx: Reader, sessionId: string): Promise<LivePerson[]> {
  const phone = alias(attendances, 'phone')
  const taken = tx
    .select({ accountId: turns.accountId, times: count().as('times') })
    .from(turns)
    .where(and(eq(turns.sessionId, sessionId), isNotNull(turns.beganAt)))
    .groupBy(turns.accountId)
    .as('taken')
  const rows = await tx
    .select({
      accountId: attendances.accountId,
      name: accounts.name,
      role: memberships.role,
      status: memberships.status,
      arrivedAt: attendances.arrivedAt,
      spoken: sql<number>`coalesce(${taken.times}, 0)::int`,
      screen: sql<boolean>`${attendances.noticed} = 'room'`,
      cameAt: codeGuests.cameAt,
      alsoHere: attendances.alsoHere,
      cameWith: phone.accountId,
    })
    .from(attendances)
    .innerJoin(accounts, eq(accounts.id, attendances.accountId))
    .leftJoin(
      memberships,
      and(eq(memberships.accountId, attendances.accountId), eq(memberships.groupId, attendances.groupId)),
    )
    .leftJoin(
      codeGuests,
      and(eq(codeGuests.sessionId, sessionId), eq(codeGuests.accountId, attendances.accountId)),
    )
    .leftJoin(
      phone,
      and(
        eq(phone.sessionId, sessionId),
        eq(phone.accountId, attendances.cameWith),
        eq(phone.noticed, 'room'),
      ),
    )
    .leftJoin(taken, eq(taken.accountId, attendances.accountId))
    .where(eq(attendances.sessionId, sessionId))
    .orderBy(asc(attendances.arrivedAt), asc(attendances.accountId))
  return rows.map(({ arrivedAt, status, cameAt, alsoHere, cameWith, ...person }) => ({
    ...person,
    ...(alsoHere > 0 ? { alsoHere } : {}),
    ...(cameWith !== null ? { cameWith } : {}),
    ...asPerson(person.role, status, cameAt),
    arrivedAt: arrivedAt.toISOString(),
  }))
}
