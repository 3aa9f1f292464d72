import { eq } from 'drizzle-orm'
import { discussions, goOns } from '#db/schema.ts'
import type { Discussion } from '#shared/ballots.ts'
import {
  ANSWER_WITHIN,
  decides,
  LEAST_FOR_TOPIC,
  minutesByVote,
  nextTopic,
  NO_DISCUSSION,
  takenElsewhere,
  takesTopics,
  topicOrder,
  topicSeconds,
  withBlock,
} from '#shared/live/discussion.ts'
import { everybodyDone } from '#shared/live/ballot.ts'
import { extendedTimer, LEAST_ON_RETURN, pausedTimer, runningTimer } from '#shared/live/rules.ts'
import type { Topic } from '#shared/topics.ts'
import { readTopics } from '../topics/read-topics.ts'
import { settleTopics } from '../topics/settle-topics.ts'
import {
  blockLeft,
  blockTimer,
  readWaited,
  type BallotEvent,
  type Balloting,
  type BlockRow,
} from './balloting.ts'
import { readBallotBlocks, readDiscussions } from './read-ballots.ts'

type News = Extract<BallotEvent, { type: 'discussion-changed' }>['news']
const STOPPED = { endsAt: null, left: null }
const OVER = { endsAt: null, left: 0 }

export async function readDiscussion({ tx }: Balloting, blockId: string): Promise<Discussion | undefined> {
  return (await readDiscussions(tx, [blockId])).get(blockId)
}

async function save(
  { tx, tell }: Balloting,
  block: BlockRow,
  discussion: Discussion,
  news: News,
  commandId?: string,
): Promise<void> {
  const { timer, answered, ...row } = discussion
  const values = {
    ...row,
    timerEndsAt: timer.endsAt === null ? null : new Date(timer.endsAt),
    timerLeft: timer.left,
  }
  await tx
    .insert(discussions)
    .values({ blockId: block.id, groupId: block.groupId, ...values })
    .onConflictDoUpdate({ target: discussions.blockId, set: values })
  if (answered.length === 0) await tx.delete(goOns).where(eq(goOns.blockId, block.id))
  const id = commandId === undefined ? {} : { id: commandId }
  tell({ type: 'discussion-changed', blockId: block.id, discussion, news, ...id })
}

/** The topics in order, and what other blocks than this one talked about. */
export async function readOrder({ tx, session }: Balloting, blockId: string) {
  const blocks = await readBallotBlocks(tx, session.id)
  const order = topicOrder(blocks, await readTopics(tx, session.id))
  return { order, elsewhere: takenElsewhere(blocks, blockId) }
}

/** What comes next in a block. */
export async function findNext(
  balloting: Balloting,
  block: BlockRow,
  discussion: Discussion,
): Promise<Topic | undefined> {
  const { order, elsewhere } = await readOrder(balloting, block.id)
  return nextTopic(discussion, order, elsewhere)
}

/** Nothing runs while the timer of the block stands. */
function timerOf(balloting: Balloting, seconds: number) {
  const running = runningTimer(seconds, balloting.now)
  return balloting.session.timerEndsAt === null && balloting.session.timerLeft !== null
    ? pausedTimer(running, balloting.now)
    : running
}

/** The current topic is done with, and this one begins; without one the discussion ends. */
export async function goToTopic(
  balloting: Balloting,
  block: BlockRow,
  before: Discussion,
  topic: Topic | undefined,
): Promise<void> {
  const { topicId } = before
  const discussed = [...new Set([...before.discussed, ...(topicId === null ? [] : [topicId])])]
  const seconds = topicSeconds(block.options, blockLeft(balloting))
  await save(
    balloting,
    block,
    {
      ...NO_DISCUSSION,
      topicId: topic?.id ?? null,
      discussed: discussed.filter((id) => id !== topic?.id),
      timer: topic ? timerOf(balloting, seconds) : STOPPED,
    },
    topic ? 'topic' : 'ended',
  )
}

/** The block begins, or is gone back to: the first topic, or the one that it was left at. */
export async function beginTopics(balloting: Balloting, block: BlockRow): Promise<void> {
  if (block.kind !== 'discuss') return
  const before = await readDiscussion(balloting, block.id)
  if (takesTopics(block)) await settleTopics(balloting)
  if (before && before.topicId !== null) {
    const timer = runningTimer(Math.max(LEAST_ON_RETURN, before.timer.left ?? 0), balloting.now)
    return save(balloting, block, { ...before, timer }, 'topic')
  }
  if (!takesTopics(block)) return
  const first = await findNext(balloting, block, before ?? NO_DISCUSSION)
  if (first) await goToTopic(balloting, block, before ?? NO_DISCUSSION, first)
}

/** The room goes on to another block: the topic waits, should it come back. */
export async function leaveTopics(balloting: Balloting, block: BlockRow): Promise<void> {
  const before = await readDiscussion(balloting, block.id)
  if (!before || before.topicId === null) return
  const timer = before.asking ? OVER : pausedTimer(before.timer, balloting.now)
  await save(balloting, block, { ...before, asking: false, answered: [], timer }, 'timed')
}

/** The timer of the block was paused or runs on. */
export async function moveTopicTimer(balloting: Balloting, block: BlockRow): Promise<void> {
  const before = await readDiscussion(balloting, block.id)
  if (!before || before.topicId === null) return
  const timer = withBlock(before.timer, blockTimer(balloting), balloting.now)
  if (timer.endsAt !== before.timer.endsAt || timer.left !== before.timer.left)
    await save(balloting, block, { ...before, timer }, 'timed')
}

/** More minutes by the facilitator: whatever was asked is decided with it. */
export async function giveMinutes(
  balloting: Balloting,
  block: BlockRow,
  before: Discussion,
  minutes: number,
  commandId?: string,
): Promise<void> {
  const from = before.asking ? timerOf(balloting, 0) : before.timer
  const runsOn = from.endsAt === null && from.left === 0 ? timerOf(balloting, 0) : from
  const timer = extendedTimer(runsOn, minutes, balloting.now)
  await save(balloting, block, { ...before, asking: false, answered: [], timer }, 'more', commandId)
}

export const chooseNext = (
  balloting: Balloting,
  block: BlockRow,
  before: Discussion,
  nextId: string | null,
): Promise<void> => save(balloting, block, { ...before, nextId }, 'next-chosen')

/** Somebody said whether to go on; when everybody has, it is decided. */
export async function hearGoOn(balloting: Balloting, block: BlockRow): Promise<void> {
  const before = await readDiscussion(balloting, block.id)
  if (!before) return
  const waited = await readWaited(balloting, before.answered)
  if (everybodyDone(waited, before.answered)) return decide(balloting, block, before)
  return save(balloting, block, before, 'answered')
}

/** The time of a topic, or of the question about it, is up. */
export async function settleTopic(balloting: Balloting, block: BlockRow): Promise<void> {
  const before = await readDiscussion(balloting, block.id)
  if (!before || before.topicId === null || before.timer.endsAt === null) return
  if (Date.parse(before.timer.endsAt) > balloting.now.getTime()) return
  if (before.asking) return decide(balloting, block, before)
  const isThere = (await readTopics(balloting.tx, balloting.session.id)).some(
    ({ id }) => id === before.topicId,
  )
  if (!isThere || minutesByVote(before) === undefined) return goOn(balloting, block, before)
  await save(
    balloting,
    block,
    { ...before, asking: true, answered: [], timer: timerOf(balloting, ANSWER_WITHIN) },
    'asked',
  )
}

async function decide(balloting: Balloting, block: BlockRow, before: Discussion): Promise<void> {
  const said = await balloting.tx.select().from(goOns).where(eq(goOns.blockId, block.id))
  const decided = decides(said)
  const minutes = minutesByVote(before) ?? 0
  switch (decided) {
    case true:
      return save(
        balloting,
        block,
        {
          ...before,
          ...{ asking: false, answered: [], extended: before.extended + 1 },
          timer: timerOf(balloting, minutes * 60),
        },
        'more',
      )
    case false:
      return goOn(balloting, block, before)
    // Nobody is cut off by silence.
    case undefined:
      return save(balloting, block, { ...before, asking: false, answered: [], timer: OVER }, 'timed')
  }
}

/** To the next topic, as long as the block has time for one. */
async function goOn(balloting: Balloting, block: BlockRow, before: Discussion): Promise<void> {
  const left = blockLeft(balloting)
  const hasTime = left === null || left >= LEAST_FOR_TOPIC
  const next = hasTime ? await findNext(balloting, block, before) : undefined
  await goToTopic(balloting, block, before, next)
}
