import { and, asc, eq, isNotNull, isNull, sql, sum } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  answers,
  attendances,
  blocks,
  commitments,
  episodes,
  memberships,
  takenOutAnswers,
  wrapUps,
} from '#db/schema.ts'
import { closingOf, readPlusDelta } from '#shared/live/closing.ts'
import { openOptions } from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Topic } from '#shared/topics.ts'
import { correctedUntil, isCorrectable, type WrapUp, type WrapUpAnswer } from '#shared/wrap-ups.ts'
import { readCounts, readParked } from '../ballots/read-ballots.ts'
import { readCommitmentsOf } from '../commitments/read-commitments.ts'
import { mayFacilitate, type GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Seat, SessionRow } from '../sessions/guards.ts'
import { readDurations } from '../sessions/read-durations.ts'
import { readTurns } from '../sessions/read-turns.ts'
import { readRevealedReports } from '../plenary/read-plenary.ts'
import { readTopics } from '../topics/read-topics.ts'

/** A session that is over. */
export type Over = SessionRow & { wrappedUpAt: Date }

export function requireOver(session: SessionRow): Over {
  const { status, wrappedUpAt } = session
  if (status !== 'wrapped-up' || !wrappedUpAt)
    throw new Refusal('conflict', 'This session is not over yet. Its wrap-up appears when it is closed.')
  return { ...session, wrappedUpAt }
}

/** What stays of a session, once it is over. Who spoke how often is for facilitators. */
export async function getWrapUp(house: House, { member, session }: Seat): Promise<WrapUp> {
  const over = requireOver(session)
  const runs = mayFacilitate(member)
  const whole = await readWrapUp(house, house.db, member.group, over, member.account.id)
  // What is no longer kept is read by whoever promised it, and by nobody else.
  const mine = whole.commitments.filter(({ accountId }) => accountId === member.account.id)
  return {
    ...whole,
    commitments: session.forgottenAt ? mine : whole.commitments,
    runs,
    ...(runs ? { turns: await readTurns(house.db, session) } : {}),
  }
}

/** What everybody in the group may read of it, with which of the answers are their reader's. */
export async function readWrapUp(
  house: House,
  reader: Reader,
  group: Pick<GroupRow, 'id' | 'zone'>,
  session: Over,
  readerId?: string,
): Promise<WrapUp> {
  const { id, title, startsAt, endsAt, wrappedUpAt, forgottenAt } = session
  const topics = await readTopics(reader, id)
  return {
    ...{ id, title, zone: group.zone, runs: false },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    wrappedUpAt: wrappedUpAt.toISOString(),
    forgottenAt: forgottenAt?.toISOString() ?? null,
    correctedUntil: correctedUntil(wrappedUpAt).toISOString(),
    correctable: isCorrectable(wrappedUpAt, house.now()) && !forgottenAt,
    episode: await readEpisode(reader, session),
    ...(await readCorrection(reader, session)),
    ...(await readWhoWasThere(reader, session)),
    blocks: await readBlocks(reader, id, topics, readerId),
    topics: topics.map((topic) => ({ id: topic.id, blockId: topic.blockId, title: topic.title })),
    commitments: await readCommitmentsOf(reader, eq(commitments.sessionId, id)),
  }
}

/** What whoever ran it wrote at its top, and what is parked after they looked at it. */
async function readCorrection(
  reader: Reader,
  session: Over,
): Promise<Pick<WrapUp, 'revision' | 'note' | 'notedBy' | 'parked' | 'unparked'>> {
  const [corrected] = await reader
    .select({ correction: wrapUps, name: accounts.name })
    .from(wrapUps)
    .innerJoin(accounts, eq(accounts.id, wrapUps.accountId))
    .where(eq(wrapUps.sessionId, session.id))
  const { note = '', revision = 0, unparked = [], alsoParked = [] } = corrected?.correction ?? {}
  const parked = session.forgottenAt ? [] : await readParked(reader, session.id)
  return {
    note,
    revision,
    unparked: parked.map(({ topic }) => topic.id).filter((id) => unparked.includes(id)),
    notedBy: note === '' ? null : (corrected?.name ?? null),
    parked: [
      ...parked
        .filter(({ topic }) => !unparked.includes(topic.id))
        .map(({ topic, dots }) => ({ topicId: topic.id, title: topic.title, dots })),
      ...alsoParked.map((title) => ({ topicId: null, title, dots: null })),
    ],
  }
}

async function readEpisode(reader: Reader, { episodeId }: Over): Promise<WrapUp['episode']> {
  if (!episodeId) return null
  const [episode] = await reader
    .select({ id: episodes.id, title: episodes.title })
    .from(episodes)
    .where(eq(episodes.id, episodeId))
  return episode ?? null
}

async function readWhoWasThere(
  reader: Reader,
  session: Over,
): Promise<Pick<WrapUp, 'present' | 'alsoPresent' | 'absent'>> {
  const rows = await reader
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
  return {
    present: [
      ...rows.filter(({ there }) => there).map(toPerson),
      ...(await readGuestsThere(reader, session)),
    ],
    alsoPresent: await countByNumber(reader, session.id),
    absent: could.filter(({ there }) => !there).map(toPerson),
  }
}

async function countByNumber(reader: Reader, sessionId: string): Promise<number> {
  const [found] = await reader
    .select({ count: sum(attendances.alsoHere).mapWith(Number) })
    .from(attendances)
    .where(eq(attendances.sessionId, sessionId))
  return found?.count ?? 0
}

/** Guests of whatever kind come after those who are, or were, in the group. */
const readGuestsThere = (reader: Reader, { id, groupId }: Over) =>
  reader
    .select({ id: accounts.id, name: accounts.name })
    .from(attendances)
    .innerJoin(accounts, eq(accounts.id, attendances.accountId))
    .leftJoin(
      memberships,
      and(eq(memberships.groupId, groupId), eq(memberships.accountId, attendances.accountId)),
    )
    .where(and(eq(attendances.sessionId, id), isNull(memberships.id)))
    .orderBy(asc(accounts.name), asc(accounts.id))

/** Words are read only from blocks that were revealed, so nothing else can slip out. */
async function readBlocks(
  reader: Reader,
  sessionId: string,
  topics: readonly Topic[],
  readerId: string | undefined,
): Promise<WrapUp['blocks']> {
  const plan = await reader
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(asc(blocks.position), asc(blocks.id))
  const ids = plan.map(({ id }) => id)
  const counts = await readCounts(reader, ids)
  const durations = await readDurations(reader, sessionId)
  const revealed = await readAnswers(reader, sessionId)
  const told = await readRevealedReports(reader, sessionId)
  const titleOf = (topicId: string) => topics.find(({ id }) => id === topicId)?.title
  return plan.map(({ id, kind, title, prompt, options }) => {
    const duration = durations.find(({ blockId }) => blockId === id)
    const its = revealed.filter(({ blockId }) => blockId === id).map((one) => toAnswer(one, readerId))
    const isPlusDelta = closingOf({ kind, options: openOptions(options) }) === 'plus-delta'
    const count = counts.get(id)
    return {
      ...{ id, kind, title, prompt },
      minutes: duration?.planned ?? 0,
      took: toMinutes(duration?.seconds ?? null),
      answers: its,
      tables: told.flatMap(({ blockId, number, body }) =>
        blockId === id && body.trim() !== '' ? [{ number, body }] : [],
      ),
      plusDelta: isPlusDelta && its.length > 0 ? splitPlusDelta(its) : null,
      votes: count
        ? {
            ...{ voters: count.voters, spread: count.spread },
            dots: count.dots.flatMap(({ topicId, dots }) => {
              const named = titleOf(topicId)
              return named === undefined ? [] : [{ topicId, title: named, dots }]
            }),
          }
        : null,
    }
  })
}

const toMinutes = (seconds: number | null) => (seconds === null ? null : Math.round(seconds / 6) / 10)

type Revealed = Awaited<ReturnType<typeof readAnswers>>[number]

const toAnswer = ({ id, accountId, name, body, topicId }: Revealed, readerId?: string): WrapUpAnswer => ({
  ...{ id, name, body, topicId },
  mine: accountId !== null && accountId === readerId,
})

function splitPlusDelta(its: readonly WrapUpAnswer[]) {
  const said = its.map(({ id, name, body }) => ({ id, name, ...readPlusDelta(body) }))
  return {
    plus: said.flatMap(({ id, name, plus }) => (plus.trim() === '' ? [] : [{ id, name, words: plus }])),
    delta: said.flatMap(({ id, name, delta }) => (delta.trim() === '' ? [] : [{ id, name, words: delta }])),
  }
}

/** Those with a name come by it; those without stand as they were mixed for the reveal. */
const readAnswers = (reader: Reader, sessionId: string) =>
  reader
    .select({
      id: answers.id,
      blockId: answers.blockId,
      accountId: answers.accountId,
      topicId: answers.topicId,
      name: accounts.name,
      body: answers.body,
    })
    .from(answers)
    .innerJoin(blocks, eq(blocks.id, answers.blockId))
    .leftJoin(accounts, eq(accounts.id, answers.accountId))
    .leftJoin(takenOutAnswers, eq(takenOutAnswers.answerId, answers.id))
    .where(
      and(
        eq(blocks.sessionId, sessionId),
        isNotNull(blocks.revealedAt),
        isNull(takenOutAnswers.answerId),
        sql`btrim(${answers.body}, E' \\n\\r\\t') <> ''`,
      ),
    )
    .orderBy(asc(accounts.name), asc(answers.writtenAt), asc(answers.id))
