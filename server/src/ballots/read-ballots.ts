import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { ballotCounts, ballots, blocks, discussions, goOns } from '#db/schema.ts'
import type { BallotCount, Discussion, MyBallot } from '#shared/ballots.ts'
import { parkedTopics } from '#shared/live/discussion.ts'
import { openOptions } from '#shared/guide.ts'
import type { Topic } from '#shared/topics.ts'
import { readTopics } from '../topics/read-topics.ts'

/** What was counted, by block. */
export async function readCounts(reader: Reader, blockIds: string[]): Promise<Map<string, BallotCount>> {
  if (blockIds.length === 0) return new Map()
  const rows = await reader.select().from(ballotCounts).where(inArray(ballotCounts.blockId, blockIds))
  return new Map(rows.map(({ blockId, voters, dots, spread }) => [blockId, { voters, dots, spread }]))
}

/** How far topics were taken one by one, by block. Who answered, never what. */
export async function readDiscussions(reader: Reader, blockIds: string[]): Promise<Map<string, Discussion>> {
  if (blockIds.length === 0) return new Map()
  const rows = await reader.select().from(discussions).where(inArray(discussions.blockId, blockIds))
  if (rows.length === 0) return new Map()
  const said = await reader
    .select({ blockId: goOns.blockId, accountId: goOns.accountId })
    .from(goOns)
    .where(inArray(goOns.blockId, blockIds))
    .orderBy(asc(goOns.accountId))
  return new Map(
    rows.map(({ blockId, groupId: _, timerEndsAt, timerLeft, ...row }) => [
      blockId,
      {
        ...row,
        timer: { endsAt: timerEndsAt?.toISOString() ?? null, left: timerLeft },
        answered: said.filter((one) => one.blockId === blockId).map(({ accountId }) => accountId),
      },
    ]),
  )
}

/** Who is done voting in which block: ids only. */
export async function readDone(
  reader: Reader,
  sessionId: string,
): Promise<{ blockId: string; accountId: string }[]> {
  return reader
    .select({ blockId: ballots.blockId, accountId: ballots.accountId })
    .from(ballots)
    .innerJoin(blocks, eq(blocks.id, ballots.blockId))
    .where(and(eq(blocks.sessionId, sessionId), isNotNull(ballots.done)))
}

type BallotRow = typeof ballots.$inferSelect

export const toMyBallot = ({ blockId, revision, dots, step, done }: BallotRow): MyBallot => ({
  ...{ blockId, revision, dots, step },
  done: done !== null,
})

export async function readMyBallots(
  reader: Reader,
  sessionId: string,
  accountId: string,
): Promise<MyBallot[]> {
  const rows = await reader
    .select({ ballot: ballots })
    .from(ballots)
    .innerJoin(blocks, eq(blocks.id, ballots.blockId))
    .where(and(eq(blocks.sessionId, sessionId), eq(ballots.accountId, accountId)))
  return rows.map(({ ballot }) => toMyBallot(ballot))
}

/** The blocks of a session with what was voted and discussed in them, in the order of the plan. */
export async function readBallotBlocks(reader: Reader, sessionId: string) {
  const plan = await reader
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(asc(blocks.position), asc(blocks.id))
  const ids = plan.map(({ id }) => id)
  const counts = await readCounts(reader, ids)
  const taken = await readDiscussions(reader, ids)
  return plan.map((block) => ({
    ...block,
    options: openOptions(block.options),
    revealedAt: block.revealedAt?.toISOString() ?? null,
    count: counts.get(block.id) ?? null,
    discussion: taken.get(block.id) ?? null,
  }))
}

/** Topics of a session that were to be discussed and were not, most dots first. Dots are none where nobody voted. */
export async function readParked(
  reader: Reader,
  sessionId: string,
): Promise<{ topic: Topic; dots: number | null }[]> {
  return parkedTopics(await readBallotBlocks(reader, sessionId), await readTopics(reader, sessionId))
}
