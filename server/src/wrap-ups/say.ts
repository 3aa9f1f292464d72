import { LONGEST_BLOCK } from '#shared/guide.ts'
import { openForInWords } from '#shared/live/over-days.ts'
import type { WrapUpBlock } from '#shared/wrap-ups.ts'

type Votes = NonNullable<WrapUpBlock['votes']>

const number = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`

/** Sums as lines: topics with their dots, or how many gave which step. */
export function sayVotes({ dots, spread, voters }: Votes): string[] {
  return [
    ...dots.map((one) => `${one.title}: ${number(one.dots, 'dot')}`),
    ...(spread ?? []).flatMap((people, step) =>
      people === 0 ? [] : [`${String(step + 1)} of 5: ${number(people, 'person', 'people')}`],
    ),
    `${number(voters, 'person', 'people')} voted`,
  ]
}

/** What was good and what to change, with the names that stand by it; nothing for other closes. */
export const sayClosing = ({
  plusDelta,
}: Pick<WrapUpBlock, 'plusDelta'>): { title: string; words: string[] }[] | undefined =>
  plusDelta
    ? [
        { title: 'what was good', words: plusDelta.plus.map(sayOne) },
        { title: 'what to change', words: plusDelta.delta.map(sayOne) },
      ]
    : undefined

/** "Plus and delta, what was good"; under a question "How was it? What was good". */
export const sayUnder = (title: string, what: string): string =>
  /[.?!…]$/.test(title) ? `${title} ${what.charAt(0).toUpperCase()}${what.slice(1)}` : `${title}, ${what}`

const sayOne = ({ name, words }: { name: string | null; words: string }) =>
  name === null ? words.trim() : `${name}: ${words.trim()}`

/** "this block took you 14 of 10 minutes". */
export const sayMinutes = ({ took, minutes }: Pick<WrapUpBlock, 'took' | 'minutes'>): string =>
  took === null
    ? 'this block was skipped'
    : minutes > LONGEST_BLOCK
      ? `this block was open for ${openForInWords(Math.max(1, Math.round(took / 60)) * 60)}`
      : `this block took you ${took < 1 ? 'less than one' : String(Math.round(took))} of ${String(minutes)} minutes`
