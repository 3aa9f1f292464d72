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
