import type { Chapter, Episode, EpisodePreview } from './episodes.ts'
import { timecode } from './moments.ts'

/** What of an episode can be had from the text that it came with, or from another one. */
export type Part =
  'title' | 'showTitle' | 'audioUrl' | 'pageUrl' | 'people' | 'chapters' | 'notes' | 'segments'
type Parts = Pick<EpisodePreview, Part>
/** Whose: ours stays, theirs takes its place, or both stand there, ours first. */
export type Take = 'ours' | 'theirs' | 'both'
export type Chosen = Partial<Record<Part, Take>>

/** A part of which the new text has something else: both in words, and what we would choose. */
export type Choice = { part: Part; ours: string; theirs: string; takes: Take[]; suggested: Take }

const PARTS: readonly Part[] = [
  'title',
  'showTitle',
  'audioUrl',
  'pageUrl',
  'people',
  'chapters',
  'notes',
  'segments',
]

/**
 * What somebody can choose when a text is merged into an episode. What the new text does not have is no choice: it
 * stays. Ours stays too where nothing says that theirs is better: when ours is missing, or theirs has more.
 */
export function choicesOf(episode: Episode, preview: EpisodePreview): Choice[] {
  return PARTS.flatMap((part): Choice[] => {
    const [ours, theirs] = [inWords(episode, part), inWords(preview, part)]
    if (theirs === '' || isSame(episode, preview, part)) return []
    const takes: Take[] = part === 'notes' && ours !== '' ? ['both', 'ours', 'theirs'] : ['ours', 'theirs']
    return [{ part, ours, theirs, takes, suggested: suggestion(episode, preview, part) }]
  })
}

/** An episode with what was chosen of a new text; where nothing was chosen, with what `choicesOf` suggests. */
export function merge(episode: Episode, preview: EpisodePreview, chosen: Chosen = {}): EpisodePreview {
  const takes = new Map(
    choicesOf(episode, preview).map(({ part, suggested }) => [part, chosen[part] ?? suggested]),
  )
  const of = <Name extends Part>(part: Name): Parts[Name] => {
    const from: Parts = takes.get(part) === 'theirs' ? preview : episode
    return from[part]
  }
  return {
    title: of('title'),
    showTitle: of('showTitle'),
    audioUrl: of('audioUrl'),
    pageUrl: of('pageUrl'),
    people: of('people'),
    chapters: of('chapters'),
    segments: of('segments'),
    notes:
      takes.get('notes') === 'both' ? `${episode.notes.trimEnd()}\n\n${preview.notes.trim()}` : of('notes'),
    // Another audio is of another length.
    duration:
      (takes.get('audioUrl') === 'theirs' ? preview.duration : null) ?? episode.duration ?? preview.duration,
    language: episode.language ?? preview.language,
    publishedAt: episode.publishedAt ?? preview.publishedAt,
    ...(episode.artworkId === null && preview.artworkUrl ? { artworkUrl: preview.artworkUrl } : {}),
    problems: preview.problems,
  }
}

function suggestion(episode: Episode, preview: EpisodePreview, part: Part): Take {
  if (inWords(episode, part) === '') return 'theirs'
  switch (part) {
    // What it is merged for.
    case 'segments':
      return 'theirs'
    case 'people':
    case 'chapters':
      return preview[part].length >= episode[part].length ? 'theirs' : 'ours'
    // Lines that were not understood are in the notes: they are not dropped without a word.
    case 'notes':
      return 'both'
    default:
      return 'ours'
  }
}

function isSame(episode: Episode, preview: EpisodePreview, part: Part): boolean {
  if (part === 'notes') return plain(episode.notes).includes(plain(preview.notes))
  if (part === 'chapters' || part === 'segments' || part === 'people')
    return JSON.stringify(normal(episode[part])) === JSON.stringify(normal(preview[part]))
  return (episode[part] ?? '').trim() === (preview[part] ?? '').trim()
}

const plain = (text: string) => text.replace(/\s+/gu, ' ').trim()
/** Fields in one order, whoever made them. */
const normal = (list: readonly object[]) =>
  list.map((one) => Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const MOST_NAMED = 3
const LONGEST_SHOWN = 280

function inWords(of: Parts, part: Part): string {
  switch (part) {
    case 'people':
      return of.people.map(({ name, role }) => (role ? `${name} (${role})` : name)).join(', ')
    case 'chapters':
      return some(of.chapters, 'chapter', ({ start, title }: Chapter) => `${timecode(start)} ${title}`)
    case 'segments':
      return some(of.segments, 'line', ({ speaker, text }) => `${speaker ? `${speaker}: ` : ''}${text}`)
    default: {
      const text = (of[part] ?? '').trim()
      return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
    }
  }
}

function some<Item>(list: readonly Item[], word: string, say: (one: Item) => string): string {
  if (list.length === 0) return ''
  const first = list.slice(0, MOST_NAMED).map((one) => {
    const said = say(one)
    return said.length > 60 ? `${said.slice(0, 60)}…` : said
  })
  const rest = list.length > MOST_NAMED ? ', …' : ''
  return `${list.length.toLocaleString('en')} ${word}${list.length === 1 ? '' : 's'}: ${first.join(', ')}${rest}`
}
