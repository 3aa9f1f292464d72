import type { WrapUp, WrapUpBlock } from '#shared/wrap-ups.ts'

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

/** The answers of a block that were put to nothing, and the others by their topic. */
export function byTopic({ answers }: WrapUpBlock, topics: WrapUp['topics']) {
  const gathered = topics
    .map((topic) => ({ topic, its: answers.filter(({ topicId }) => topicId === topic.id) }))
    .filter(({ its }) => its.length > 0)
  const placed = new Set(gathered.flatMap(({ its }) => its.map(({ id }) => id)))
  return {
    // A topic of one answer is called by it, so it would be said twice.
    heaps: gathered.filter(({ topic, its }) => its.length > 1 || !saysSame(topic.title, its[0]?.body ?? '')),
    alone: [
      ...answers.filter(({ id }) => !placed.has(id)),
      ...gathered
        .filter(({ topic, its }) => its.length === 1 && saysSame(topic.title, its[0]?.body ?? ''))
        .flatMap(({ its }) => its),
    ],
  }
}

const saysSame = (title: string, body: string): boolean =>
  body.trim().replaceAll(/\s+/g, ' ').startsWith(title.replace(/…$/, ''))
