import type { Read } from './document-lines.ts'
import { oneLine, type Line } from './lines.ts'
import { withoutMarks } from './markup.ts'
import { candidateName } from './speakers.ts'

const LONGEST_TITLE = 150

/** YAML between `---` lines: the title is taken from it, and all of it is kept. */
export function readFrontMatter(lines: Line[]): { length: number; kept: string[]; title: string } {
  const none = { length: 0, kept: [], title: '' }
  if (lines[0]?.text.trim() !== '---') return none
  const end = lines.slice(1, 100).findIndex(({ text }) => text.trim() === '---')
  if (end === -1) return none
  const kept = lines.slice(1, end + 1).map(({ text }) => text)
  const title = kept.flatMap((line) => /^title:\s*(.*)$/iu.exec(line)?.[1] ?? []).join(' ')
  return { length: end + 2, kept, title: oneLine(title.replace(/^(["'])(.*)\1\s*$/u, '$2')) }
}

/** The first heading, or a first line that is short and stands above the rest. */
export function takeTitle({ reads, notes }: { reads: Read[]; notes: string[] }): string {
  const first = reads.findIndex(({ kind }) => kind !== 'blank')
  const read = reads[first]
  if (!read || (read.kind !== 'text' && !(read.kind === 'heading' && read.section === 'other'))) return ''
  if (reads.slice(first + 1).every(({ kind }) => kind === 'blank')) return ''
  const marked = /^\s*#\s+(.*)$/u.exec(read.text)
  const { text, lost } = withoutMarks((marked?.[1] ?? read.text).replace(/^\s*title:\s*/iu, ''))
  const stands = marked || reads[first + 1]?.kind !== 'text'
  const plainEnd = marked || !/[.:,;]$/u.test(text)
  if (text === '' || text.length > LONGEST_TITLE || !stands || !plainEnd) return ''
  if (!marked && (read.kind === 'heading' || candidateName(read.text) || /^\s*[-*+•#]/u.test(read.text)))
    return ''
  if (lost || /^\s*title:/iu.test(read.text)) notes.push(read.text)
  reads[first] = { number: read.number, text: '', kind: 'blank' }
  return text
}
