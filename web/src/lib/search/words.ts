import type { Hit, HitKind, SearchFound } from '#shared/search.ts'

/** Kinds of hits, as the choice names them. */
export const KINDS: Record<HitKind, string> = {
  title: 'Titles of episodes',
  chapter: 'Chapters',
  transcript: 'Transcripts',
  notes: 'Show notes',
  thread: 'Titles of threads',
  post: 'Posts',
  highlight: 'My highlights',
}

/** Who says it, or what it is. */
export function sayWhose({ kind, speaker, by }: Pick<Hit, 'kind' | 'speaker' | 'by'>): string {
  switch (kind) {
    case 'title':
      return 'Title'
    case 'chapter':
      return 'Chapter'
    case 'notes':
      return 'Show notes'
    case 'thread':
      return by ? `Thread by ${by.name}` : 'Thread'
    case 'post':
      return by ? `${by.name} wrote` : 'Post'
    case 'highlight':
      return 'My note'
    case 'transcript':
      return speaker ?? 'Transcript'
  }
}

/** "More than 5,000 hits", "One hit". */
export function sayCount({ count, more }: Pick<SearchFound, 'count' | 'more'>): string {
  const number = count.toLocaleString('en')
  if (more)
    return `More than ${number} hits. Those of the newest episodes and threads are here; another word narrows it.`
  return count === 1 ? 'One hit.' : `${number} hits.`
}

const numbered = (label: string, count: number) => `${label} (${count.toLocaleString('en')})`

type Option = { value: string; label: string }

/** The choices that these hits leave. What was chosen stays one of them, also when nothing is left of it. */
export function choicesOf(
  any: string,
  chosen: string | undefined,
  options: readonly { value: string; label: string; count: number }[],
): Option[] {
  const offered = options.map(({ value, label, count }) => ({ value, label: numbered(label, count) }))
  const kept = chosen !== undefined && !options.some(({ value }) => value === chosen)
  return [{ value: '', label: any }, ...(kept ? [{ value: chosen, label: 'As chosen' }] : []), ...offered]
}
