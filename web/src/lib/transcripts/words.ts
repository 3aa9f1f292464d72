import type { CorrectionRecord } from '#shared/corrections.ts'
import { parseMoment, timecode } from '#shared/moments.ts'
import type { ShownRecord, TranscriptChange } from '#shared/transcripts.ts'

/** The words of corrections. */

/** `12:34`, and the part of a second after it when there is one: `12:34.56`. */
export function exactTime(seconds: number | null): string {
  if (seconds === null) return ''
  const thousandths = Math.round(seconds * 1000)
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return timecode(Math.floor(thousandths / 1000)) + (fraction ? `.${fraction}` : '')
}

/** What somebody wrote as a time; null for nothing, undefined for what is no time. */
export const readTime = (text: string): number | null | undefined =>
  text.trim() === '' ? null : parseMoment(text.trim().replace(',', '.'))

const lines = (number: number): string => (number === 1 ? '1 line' : `${number.toLocaleString('en')} lines`)
const at = (record: ShownRecord): string => {
  const start = record.kind === 'speaker' ? null : record.before[0]?.start
  return start == null ? '' : ` at ${timecode(start)}`
}

/** What somebody did, after their name: "corrected a line at 12:34". */
export function deedInWords({
  kind,
  record,
  undoes,
}: Pick<TranscriptChange, 'kind' | 'record' | 'undoes'>): string {
  if (undoes !== null) return `took change ${undoes} back`
  if (kind === 'import') return 'imported the text again'
  if (!record) return 'corrected something, which was taken back'
  switch (record.kind) {
    case 'line':
      return `corrected ${whatChanged(record)}${at(record)}`
    case 'join':
      return `joined two lines${at(record)}`
    case 'split':
      return `split a line${at(record)}`
    case 'speaker':
      // What is missing was taken back since.
      if (record.to === undefined) return `corrected a name in ${lines(record.lines)}`
      if (record.from === undefined)
        return record.to === null
          ? `took a name off ${lines(record.lines)}`
          : `corrected a name to “${record.to}” in ${lines(record.lines)}`
      if (record.from === null) return `named the speaker of ${lines(record.lines)} “${record.to ?? ''}”`
      if (record.to === null) return `took the name “${record.from}” off ${lines(record.lines)}`
      return `corrected the name “${record.from}” to “${record.to}” in ${lines(record.lines)}`
  }
}

function whatChanged({
  before: [before],
  after: [after],
}: Exclude<ShownRecord, { kind: 'speaker' }>): string {
  const parts = [
    before?.text !== after?.text && 'the words',
    (before?.start !== after?.start || before?.end !== after?.end) && 'the time',
    before?.speaker !== after?.speaker && 'the speaker',
  ].filter((part) => part !== false)
  // Where both are missing, both were taken back.
  return parts.length === 0 ? 'a line' : `${new Intl.ListFormat('en-GB').format(parts)} of a line`
}

/** A correction in one line, for lists: what it made of the text. */
export function correctionInWords(record: CorrectionRecord): string {
  if (record.kind === 'speaker')
    return `${record.from ?? 'Nobody named'} → ${record.to ?? 'nobody named'}, ${lines(record.lines)}`
  return record.after.map(({ text }) => text).join(' / ')
}
