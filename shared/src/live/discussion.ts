import type { Discussion } from '../ballots.ts'
import type { BlockKind, BlockOptions } from '../guide.ts'
import type { LiveBlock, Timer } from '../live.ts'
import type { Topic } from '../topics.ts'
import { dotsOn, topicsAtHand } from './ballot.ts'

/** Topic by topic, each with its own deadline; the room says whether to go on (L29). */

export const MINUTES_EACH = 8
/** Minutes that the room can give a topic, one after the other. */
export const GO_ON_MINUTES = [4, 2] as const
/** Seconds to say whether to go on. */
export const ANSWER_WITHIN = 20
/** With less than this to go in the block, no topic begins by itself. */
export const LEAST_FOR_TOPIC = 60

export const takesTopics = ({ kind, options }: { kind: BlockKind; options: BlockOptions }): boolean =>
  kind === 'discuss' && options.byTopic === true

export const NO_DISCUSSION: Discussion = {
  topicId: null,
  timer: { endsAt: null, left: null },
  extended: 0,
  asking: false,
  answered: [],
  nextId: null,
  discussed: [],
}

/** The minutes that a yes of the room gives; none when it had both. */
export const minutesByVote = ({ extended }: Pick<Discussion, 'extended'>): number | undefined =>
  GO_ON_MINUTES[extended]

type Counted = Pick<LiveBlock, 'id' | 'kind' | 'revealedAt' | 'count'>

/** The topics in the order in which they are taken: by the dots of the latest vote, else as they stand. */
export function topicOrder(
  blocks: readonly Counted[],
  topics: readonly Topic[],
): { topic: Topic; dots: number | null }[] {
  const latest = blocks
    .filter(({ count }) => count !== null && count.dots.length > 0)
    .reduce<Counted | undefined>(
      (newest, block) => (!newest || (block.revealedAt ?? '') >= (newest.revealedAt ?? '') ? block : newest),
      undefined,
    )
  const dots = latest?.count?.dots ?? []
  return topicsAtHand(blocks, topics)
    .map((topic, place) => ({ topic, place, dots: latest ? dotsOn(dots, topic.id) : null }))
    .sort((a, b) => (b.dots ?? 0) - (a.dots ?? 0) || a.place - b.place)
    .map(({ topic, dots: given }) => ({ topic, dots: given }))
}

/** What comes after the current topic: what the facilitator chose, else the first that nobody talked about. */
export function nextTopic(
  { topicId, nextId, discussed }: Pick<Discussion, 'topicId' | 'nextId' | 'discussed'>,
  order: readonly { topic: Topic }[],
  elsewhere: readonly string[] = [],
): Topic | undefined {
  const isNew = (id: string) => id !== topicId && !discussed.includes(id) && !elsewhere.includes(id)
  const chosen = order.find(({ topic }) => topic.id === nextId && topic.id !== topicId)
  return (chosen ?? order.find(({ topic }) => isNew(topic.id)))?.topic
}

/** What other blocks of the session talked about. */
export const takenElsewhere = (
  blocks: readonly { id: string; discussion: Discussion | null }[],
  blockId: string,
): string[] =>
  blocks.flatMap(({ id, discussion }) =>
    discussion === null || id === blockId
      ? []
      : [...discussion.discussed, ...(discussion.topicId === null ? [] : [discussion.topicId])],
  )

/** The seconds that a topic begins with: its minutes, but no more than the block has. */
export function topicSeconds(options: BlockOptions, blockLeft: number | null): number {
  const each = Math.round((options.minutesEach ?? MINUTES_EACH) * 60)
  return blockLeft !== null && blockLeft >= LEAST_FOR_TOPIC ? Math.min(each, Math.ceil(blockLeft)) : each
}

/** The majority of those who answered. Nothing when nobody did: then the facilitator says. */
export function decides(answers: readonly { goOn: boolean }[]): boolean | undefined {
  if (answers.length === 0) return undefined
  return answers.filter(({ goOn }) => goOn).length > answers.length / 2
}

/** A timer that stands still or runs on together with the timer of its block. */
export const withBlock = (timer: Timer, block: Timer, now: Date): Timer => {
  const left = timer.endsAt === null ? timer.left : (Date.parse(timer.endsAt) - now.getTime()) / 1000
  // Time that is up stays up.
  if (left === null || (timer.endsAt === null && left === 0)) return timer
  if (block.endsAt === null) return { endsAt: null, left: Math.max(0, Math.ceil(left)) }
  return timer.endsAt === null
    ? { endsAt: new Date(now.getTime() + left * 1000).toISOString(), left: null }
    : timer
}

/** Topics that were there to be discussed and were not, most dots first. */
export const parkedTopics = (
  blocks: readonly (Counted & { discussion: Discussion | null; options: BlockOptions })[],
  topics: readonly Topic[],
): { topic: Topic; dots: number | null }[] => {
  const taking = blocks.filter((block) => block.discussion !== null || takesTopics(block))
  const taken = taking.flatMap(({ discussion }) =>
    discussion ? [...discussion.discussed, discussion.topicId] : [],
  )
  return taking.length === 0
    ? []
    : topicOrder(blocks, topics).filter(({ topic }) => !taken.includes(topic.id))
}

export const withoutAnswerOf = (discussion: Discussion, accountId: string): Discussion => ({
  ...discussion,
  answered: discussion.answered.filter((id) => id !== accountId),
})
