import type { BlockKind, PlanOptions } from '#shared/guide.ts'
import { hasWriting } from '#shared/live/rules.ts'
import { canGoRound } from '#shared/live/spoken.ts'
import type { BlockDraft } from '#shared/sessions.ts'

type Planned = Pick<BlockDraft, 'kind' | 'options'>

/** What a kind of block can be told besides, each by one tick; another kind forgets it. */
export const FLAGS = [
  {
    flag: 'stayHidden',
    fits: hasWriting,
    label: 'What is written stays with its writer',
    hint: 'There is no reveal in the room, and nothing of it in the wrap-up.',
  },
  {
    flag: 'anonymous',
    fits: hasWriting,
    label: 'Without names',
    hint: 'Nobody learns who wrote what, or who wrote, also after the reveal. It takes three who are done.',
  },
  {
    flag: 'groupTogether',
    fits: ({ kind }: Planned) => kind === 'write',
    label: 'Everybody puts the answers together',
    hint: 'After the reveal each can drag answers onto each other. Otherwise whoever runs the session does.',
  },
  {
    flag: 'lastTime',
    fits: ({ kind }: Planned) => kind === 'check-in',
    label: 'Show what was promised last time',
    hint: 'Open promises of earlier sessions stand on the screens, and each says how theirs went.',
  },
] as const
export type Flag = (typeof FLAGS)[number]['flag']

export const withoutFlags = (options: PlanOptions, flags: readonly Flag[]): PlanOptions =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !flags.some((flag) => flag === name)))

/** What of the options holds for a block of this kind. */
export function optionsFor(kind: BlockKind, options: PlanOptions): PlanOptions {
  const { goRound, closing, votes, oneDotEach, confidence, byTopic, ...rest } = withoutFlags(
    options,
    FLAGS.filter(({ fits }) => !fits({ kind, options })).map(({ flag }) => flag),
  )
  const kept = closing && kind === 'close' ? { closing } : {}
  const inTurn = goRound && canGoRound({ kind, options: { ...rest, ...kept } }) ? { goRound } : {}
  const voting = Object.entries({ votes, oneDotEach, confidence }).filter(([, value]) => value !== undefined)
  const ofVote = kind === 'vote' ? Object.fromEntries(voting) : {}
  const ofTopics = kind === 'discuss' && byTopic ? { byTopic } : {}
  return { ...rest, ...inTurn, ...kept, ...ofVote, ...ofTopics }
}
