import type { BlockKind, BlockOptions } from '../guide.ts'
import { hasReveal, hasWriting, isAnonymous } from './rules.ts'

/** The order of what nobody wrote: of the letters alone, the same on every machine. */
export const inTextOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

type Told = { readonly kind: BlockKind; readonly options: BlockOptions }

/** Once people write in a block, it keeps what they were told: who will read it, and with whose name. */
export function keepsItsWord(before: Told & { readonly startedAt: Date | null }, after: Told): boolean {
  if (before.startedAt === null || !hasWriting(before)) return true
  return (
    hasWriting(after) && isAnonymous(before) === isAnonymous(after) && hasReveal(before) === hasReveal(after)
  )
}
