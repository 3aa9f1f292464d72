import type { Highlight, HighlightedEpisode } from '#shared/highlights.ts'
import { linkToMoment, timecode } from '#shared/moments.ts'
import { plainWords } from '../plain-words.ts'

/** Highlights as Markdown, to take along: the words as quotes, who said them and when, a link, and the note below. */
export function writeHighlights(origin: string, marked: readonly HighlightedEpisode[]): string {
  const lines = ['# My highlights', ...marked.flatMap((one) => writeEpisode(origin, one))]
  if (marked.length === 0) lines.push('', 'None yet.')
  return `${lines.join('\n')}\n`
}

function writeEpisode(origin: string, { group, episode, highlights }: HighlightedEpisode): string[] {
  const from = [episode.showTitle, group.name].filter((name) => name !== null)
  const page = `${origin}/groups/${encodeURIComponent(group.slug)}/episodes/${episode.id}`
  return [
    '',
    `## ${plainWords(episode.title)}`,
    '',
    from.map(plainWords).join(' · '),
    ...highlights.flatMap((one) => writeHighlight(page, one)),
  ]
}

function writeHighlight(page: string, { anchor, note }: Highlight): string[] {
  const { quote, speaker, start } = anchor
  const when = start === null ? `<${page}>` : `[${timecode(start)}](${page}${linkToMoment(start)})`
  return [
    '',
    ...quote.split('\n').map((line) => `> ${plainWords(line)}`),
    '>',
    `> ${[speaker === null ? null : plainWords(speaker), when].filter(Boolean).join(', ')}`,
    ...(note === '' ? [] : ['', note]),
  ]
}
