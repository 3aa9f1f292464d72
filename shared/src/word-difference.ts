/** A stretch of words that two wordings share, or that only one of them has. */
export type Stretch = { kind: 'same' | 'before' | 'after'; words: string }

/** Beyond this many pairs of words to compare, what lies between the same beginning and the same end is simply another text. */
const MOST_PAIRS = 4_000_000

/** How a text reads now, against what it was: word by word, with the spaces where they stood. */
export function wordDifference(before: string, after: string): Stretch[] {
  const [ones, others] = [split(before), split(after)]
  let start = 0
  while (start < ones.length && start < others.length && ones[start] === others[start]) start += 1
  let end = 0
  while (
    end < ones.length - start &&
    end < others.length - start &&
    ones[ones.length - 1 - end] === others[others.length - 1 - end]
  )
    end += 1

  const stretches: Stretch[] = []
  const add = (kind: Stretch['kind'], word: string) => {
    const last = stretches.at(-1)
    if (last?.kind === kind) last.words += word
    else stretches.push({ kind, words: word })
  }
  for (const word of ones.slice(0, start)) add('same', word)
  const [was, is] = [ones.slice(start, ones.length - end), others.slice(start, others.length - end)]
  for (const { kind, words } of middle(was, is)) add(kind, words)
  for (const word of ones.slice(ones.length - end)) add('same', word)
  return gathered(stretches)
}

const split = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? []

/** By the longest common run of words (the classic table), cheap enough for the words of one post. */
function middle(was: readonly string[], is: readonly string[]): Stretch[] {
  const width = is.length + 1
  if (was.length * is.length > MOST_PAIRS)
    return [
      { kind: 'before', words: was.join('') },
      { kind: 'after', words: is.join('') },
    ]
  const common = new Uint16Array((was.length + 1) * width)
  const at = (one: number, other: number) => common[one * width + other] ?? 0
  for (let one = was.length - 1; one >= 0; one -= 1)
    for (let other = is.length - 1; other >= 0; other -= 1)
      common[one * width + other] =
        was[one] === is[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1))

  const found: Stretch[] = []
  let [one, other] = [0, 0]
  while (one < was.length || other < is.length) {
    const [old = '', fresh = ''] = [was[one], is[other]]
    if (one < was.length && other < is.length && old === fresh) {
      found.push({ kind: 'same', words: old })
      one += 1
      other += 1
    } else if (other >= is.length || (one < was.length && at(one + 1, other) >= at(one, other + 1))) {
      found.push({ kind: 'before', words: old })
      one += 1
    } else {
      found.push({ kind: 'after', words: fresh })
      other += 1
    }
  }
  return found
}

/** A space that stayed between two changes is part of them: people read runs of words, not one at a time. */
function gathered(stretches: readonly Stretch[]): Stretch[] {
  const read: Stretch[] = []
  let [old, fresh] = ['', '']
  const put = () => {
    if (old !== '') read.push({ kind: 'before', words: old })
    if (fresh !== '') read.push({ kind: 'after', words: fresh })
    old = fresh = ''
  }
  for (const [index, { kind, words }] of stretches.entries()) {
    const inside = kind === 'same' && /^\s+$/.test(words) && (old !== '' || fresh !== '')
    if (kind === 'before') old += words
    else if (kind === 'after') fresh += words
    else if (inside && index < stretches.length - 1) {
      old += words
      fresh += words
    } else {
      put()
      read.push({ kind, words })
    }
  }
  put()
  return read
}
