import type { BallotCount, BallotDraft, TopicDots } from '../ballots.ts'
import type { BlockKind, BlockOptions } from '../guide.ts'
import type { LiveBlock, LiveEvent, SessionView } from '../live.ts'
import type { Topic } from '../topics.ts'

/** Votes are always secret: before the count nothing is told but who is done, and afterwards only sums (L27, L28). */

type Votable = { readonly kind: BlockKind; readonly options: BlockOptions }

export const hasBallot = ({ kind }: Pick<Votable, 'kind'>): boolean => kind === 'vote'
export const isConfidence = ({ kind, options }: Votable): boolean =>
  kind === 'vote' && options.confidence === true

export const DOTS = 3
/** How many dots everybody has. */
export const dotsOf = (options: BlockOptions): number => options.votes ?? DOTS
/** How many of them fit on one topic. */
export const dotsOnOne = (options: BlockOptions): number => (options.oneDotEach ? 1 : dotsOf(options))

/** With fewer voters the spread would tell who gave what. */
export const LEAST_FOR_SPREAD = 3

/** What the five steps mean, from 1 to 5. */
export const STEP_WORDS = [
  'No. I can’t support this',
  'Serious doubts. Something has to change first',
  'I can live with it',
  'Good. I support it',
  'All in. I will help to make it happen',
] as const

/**
 * What is voted on and discussed: the topics of the writing that was revealed last, and lines that somebody added.
 * The same as settle-topics.ts on the server.
 */
export function topicsAtHand(
  blocks: readonly (Pick<LiveBlock, 'id' | 'kind'> & { revealedAt: string | null })[],
  topics: readonly Topic[],
): Topic[] {
  const last = blocks.reduce<(typeof blocks)[number] | undefined>(
    (newest, block) =>
      block.kind === 'write' &&
      block.revealedAt !== null &&
      (!newest || block.revealedAt >= (newest.revealedAt ?? ''))
        ? block
        : newest,
    undefined,
  )
  return topics.filter(({ blockId }) => blockId === null || blockId === last?.id)
}

/** The dots that still count: those on topics that are there. */
export const dotsThatCount = (dots: readonly TopicDots[], topics: readonly Topic[]): TopicDots[] =>
  dots.filter(({ topicId }) => topics.some(({ id }) => id === topicId))

export const sumOf = (dots: readonly TopicDots[]): number => dots.reduce((sum, one) => sum + one.dots, 0)

export const dotsOn = (dots: readonly TopicDots[], topicId: string): number =>
  dots.find((one) => one.topicId === topicId)?.dots ?? 0

/** One dot more or less on a topic, as far as the rules of the block let it. */
export function withDot(
  dots: readonly TopicDots[],
  topicId: string,
  step: 1 | -1,
  options: BlockOptions,
): TopicDots[] {
  const before = dotsOn(dots, topicId)
  const after = before + step
  if (after < 0 || after > dotsOnOne(options)) return [...dots]
  if (step === 1 && sumOf(dots) >= dotsOf(options)) return [...dots]
  const others = dots.filter((one) => one.topicId !== topicId)
  return after === 0 ? others : [...others, { topicId, dots: after }]
}

/** Why a ballot is not taken, in a sentence; nothing when it is. */
export function ballotProblem(
  { dots, step }: Pick<BallotDraft, 'dots' | 'step'>,
  block: Votable,
  topics: readonly Topic[],
): string | undefined {
  if (isConfidence(block)) {
    return dots.length > 0 ? 'This is a vote of confidence: choose one of the five steps.' : undefined
  }
  if (step !== null) return 'In this block dots are given to topics.'
  if (new Set(dots.map(({ topicId }) => topicId)).size < dots.length)
    return 'Each topic can be named once, with all its dots.'
  const most = dotsOf(block.options)
  if (sumOf(dotsThatCount(dots, topics)) > most)
    return `You have ${most} ${most === 1 ? 'dot' : 'dots'}. Take one back first.`
  return dots.some((one) => one.dots > dotsOnOne(block.options))
    ? 'In this block a topic gets one dot from you at most.'
    : undefined
}

type Cast = { readonly dots: readonly TopicDots[]; readonly step: number | null }

/** What is told once it is over: sums. Nothing in it depends on who gave what, or when. */
export function countBallots(cast: readonly Cast[], block: Votable, topics: readonly Topic[]): BallotCount {
  if (isConfidence(block)) {
    const steps = cast.flatMap(({ step }) => (step === null ? [] : [step]))
    const spread = STEP_WORDS.map((_words, at) => steps.filter((step) => step === at + 1).length)
    return { voters: steps.length, dots: [], spread: steps.length < LEAST_FOR_SPREAD ? null : spread }
  }
  const valid = cast.map(({ dots }) => dotsThatCount(dots, topics)).filter((dots) => sumOf(dots) > 0)
  const sums = topics.map(({ id, position }) => ({
    ...{ topicId: id, position },
    dots: valid.reduce((sum, dots) => sum + dotsOn(dots, id), 0),
  }))
  return {
    voters: valid.length,
    dots: sums
      .sort((a, b) => b.dots - a.dots || a.position - b.position)
      .map(({ topicId, dots }) => ({ topicId, dots })),
    spread: null,
  }
}

/** The result with the words of the topics; those that were removed since are left out. */
export const resultOf = (
  count: BallotCount,
  topics: readonly Topic[],
): { topic: Topic; dots: number; place: number }[] =>
  count.dots
    .flatMap(({ topicId, dots }) => {
      const topic = topics.find(({ id }) => id === topicId)
      return topic ? [{ topic, dots }] : []
    })
    .map((one, place) => ({ ...one, place }))

/** Whether a ballot can be ended now: it runs, and there is something to vote on. */
export const canCount = (view: SessionView, block: LiveBlock): boolean =>
  hasBallot(block) &&
  block.startedAt !== null &&
  block.revealedAt === null &&
  (isConfidence(block) || topicsAtHand(view.blocks, view.topics).length > 0)

/** Everybody who is waited for is done, and somebody is. */
export const everybodyDone = (waited: readonly string[], done: readonly string[]): boolean =>
  done.length > 0 && waited.every((id) => done.includes(id))

/** "5 dots", "1 dot", "no dots". */
export const dotsInWords = (dots: number): string =>
  dots === 0 ? 'no dots' : `${dots} ${dots === 1 ? 'dot' : 'dots'}`

/** The result in one sentence, for a screen reader and for whoever reads it aloud. */
export function countInWords(count: BallotCount, block: Votable, topics: readonly Topic[]): string {
  if (isConfidence(block)) return spreadInWords(count)
  const leading = resultOf(count, topics).filter(({ dots }) => dots > 0)
  const [first, second] = leading
  if (!first) return 'Nobody gave a dot.'
  const tied = leading.filter(({ dots }) => dots === first.dots)
  if (tied.length > 1)
    return `${tied.length} topics share the first place, with ${dotsInWords(first.dots)} each.`
  return `“${first.topic.title}” has ${dotsInWords(first.dots)}${second ? `, “${second.topic.title}” ${second.dots}` : ''}.`
}

export function spreadInWords({ voters, spread }: BallotCount): string {
  if (voters === 0) return 'Nobody voted.'
  if (!spread) {
    return `${voters === 1 ? 'One person' : 'Two people'} voted. With fewer than three votes the spread would tell who gave what, so it is not shown.`
  }
  const doubts = (spread[0] ?? 0) + (spread[1] ?? 0)
  if (doubts === 0) {
    return (spread[2] ?? 0) === 0
      ? `All ${voters} stand behind it.`
      : `All ${voters} can at least live with it.`
  }
  return `${doubts} of ${voters} ${doubts === 1 ? 'has' : 'have'} doubts. What is missing? Whoever likes to say it raises a hand.`
}

type BallotEvent = Extract<
  LiveEvent,
  { type: 'vote-done' | 'votes-counted' | 'voting-reopened' | 'discussion-changed' }
>

/** What an event of a vote or a discussion means for its block. */
export function applyBallotEvent(block: LiveBlock, event: BallotEvent): Partial<LiveBlock> {
  switch (event.type) {
    case 'vote-done': {
      const others = block.written.filter((id) => id !== event.accountId)
      return { written: event.done ? [...others, event.accountId].sort() : others }
    }
    case 'votes-counted':
      return { revealedAt: event.at, count: event.count }
    case 'voting-reopened':
      return { revealedAt: null, count: null, written: [] }
    case 'discussion-changed':
      return { discussion: event.discussion }
  }
}
