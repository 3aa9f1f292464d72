import type { WrapUpBlock } from '#shared/wrap-ups.ts'

/** "took you 14 of 10 minutes"; a block that was skipped says so. */
export function tookOfPlanned({ took, minutes }: Pick<WrapUpBlock, 'took' | 'minutes'>): string {
  if (took === null) return 'was skipped'
  return `took you ${took < 1 ? 'less than one' : String(Math.round(took))} of ${String(minutes)} minutes`
}

/** The block that went furthest over its minutes, in a sentence; nothing when all went by the plan. */
export function longestInWords(blocks: readonly WrapUpBlock[]): string {
  const over = ({ took, minutes }: WrapUpBlock) => Math.round(took ?? 0) - minutes
  const [longest] = blocks.filter((block) => over(block) >= 1).toSorted((a, b) => over(b) - over(a))
  return longest ? `“${longest.title}” ${tookOfPlanned(longest)}.` : 'No block took longer than planned.'
}

export const dotsInWords = (dots: number): string => (dots === 1 ? '1 dot' : `${String(dots)} dots`)
