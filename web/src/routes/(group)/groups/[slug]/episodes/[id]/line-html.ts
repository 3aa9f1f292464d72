import { timecode } from '#shared/moments.ts'
import { NEW, piecesOf, type Mark, type Piece } from '#lib/threads/marks.ts'
import type { Paragraph } from '#lib/threads/sections.ts'

/**
 * A paragraph of the transcript as HTML: when, who, what, and the words that are marked. A transcript has hundreds of
 * them, so they are no components: what happens in them is heard by the transcript as a whole (`data-do`).
 */
export function lineHtml(
  { first, start, speaker }: Paragraph,
  text: string,
  marks: readonly Mark[],
  audible: boolean,
): string {
  const at = start === null ? '' : timecode(start)
  const about = at ? `, ${at}` : ''
  const time = at
    ? `<button type="button" class="time" data-do="hear" aria-label="${audible ? 'Play from' : 'Go to'} ${at}">${at}</button>`
    : ''
  const words = marks.length === 0 ? escapeHtml(text) : piecesOf(text, marks).map(pieceHtml).join('')
  return `<div class="paragraph" data-paragraph="${first}">${time}<p class="speaker">${escapeHtml(speaker ?? '')}</p><button type="button" class="more" data-do="more" aria-haspopup="menu" aria-label="More to do with this${about}" title="More to do with this"></button><button type="button" class="start" data-do="start" aria-label="Start a thread on this${about}" title="Start a thread on this"></button><p class="text" data-text>${words}</p></div>`
}

/** Words that a thread is about lead to it; words that I marked for myself lead to my note. */
function pieceHtml({ from, text, marks }: Piece): string {
  const words = escapeHtml(text)
  const mine = marks.find(({ kind }) => kind === 'highlight')
  const threads = marks.filter(({ kind }) => kind === 'thread')
  const thread = threads.find(({ id }) => id === NEW) ?? threads[0]
  const look = `${thread?.uncertain ? ' uncertain' : ''}${mine ? ` mine${mine.uncertain ? ' mine-uncertain' : ''}` : ''}`
  const names = `${thread ? ` data-thread="${threads.map(({ id }) => id).join(' ')}"` : ''}${mine ? ` data-highlight="${mine.id}"` : ''}`
  if (thread && thread.id !== NEW)
    return `<a href="#thread-${thread.id}" draggable="false" data-do="open"${names} tabindex="${thread.first && thread.from === from ? 0 : -1}" class="mark${look}">${words}</a>`
  if (thread) return `<span class="mark${look}"${names}>${words}</span>`
  if (mine)
    return `<a href="#highlight-${mine.id}" draggable="false" data-do="look"${names} tabindex="${mine.first && mine.from === from ? 0 : -1}" class="${look.trim()}">${words}</a>`
  return words
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
