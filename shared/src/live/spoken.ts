import type { BlockKind, BlockOptions } from '../guide.ts'
import { closingOf } from './closing.ts'
import { hasPods } from './pods.ts'

type Planned = { readonly kind: BlockKind; readonly options: BlockOptions }

const SPOKEN: readonly BlockKind[] = [
  'welcome',
  'check-in',
  'listen',
  'discuss',
  'practice',
  'commit',
  'close',
]

/** Not where a close is written: it stands there for all at once. */
export const canGoRound = (block: Planned): boolean =>
  SPOKEN.includes(block.kind) && !hasPods(block) && closingOf(block) === undefined

/** Whether everybody speaks in turn in this block. */
export const hasGoRound = (block: Planned): boolean => block.options.goRound === true && canGoRound(block)
