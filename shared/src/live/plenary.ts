import type { BlockKind } from '../guide.ts'
import type { LiveBlock } from '../live.ts'
import type { Plenary } from '../plenary.ts'

/** Whether tables talk in this block and tell the plenary of it. */
export const hasTables = ({ kind }: { kind: BlockKind }): boolean =>
  kind === 'pairs' || kind === 'discuss' || kind === 'practice'

export const NO_PLENARY: Plenary = { done: [], sentences: null }

/** What was said, or is talked about now, stands below the prompt, which makes room for it. */
export const hasMoreBelow = ({ revealedAt, discussion, plenary }: LiveBlock): boolean =>
  revealedAt !== null || discussion !== null || plenary.sentences !== null

/** What somebody is at their own table: its host, who has told of it, or has something else to do first, such as to speak. */
type AtTable = { iHost: boolean; told: boolean; isBusy: boolean }

/** Whether the one next thing at a seat is to tell the plenary of its table. */
export const isTellingNext = (
  block: Pick<LiveBlock, 'kind' | 'plenary'>,
  { iHost, told, isBusy }: AtTable,
): boolean => hasTables(block) && block.plenary.sentences === null && iHost && !told && !isBusy
