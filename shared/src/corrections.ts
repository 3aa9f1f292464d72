import Type, { type Static } from 'typebox'
import { Segment } from './episodes.ts'

/**
 * What a correction did to a transcript, kept so that it can be read, taken back, and done again to a text that is
 * imported later. Places are counted from 0.
 */

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** Neighbouring lines that others took the place of: one for one, two joined, one split. */
export const LinesRecord = Type.Object({
  kind: Type.Enum(['line', 'join', 'split']),
  segment: Type.Integer(),
  before: Type.Array(Segment),
  after: Type.Array(Segment),
})
export type LinesRecord = Static<typeof LinesRecord>

/** Somebody's name in many lines. Null: nobody was named. */
export const SpeakerRecord = Type.Object({
  kind: Type.Literal('speaker'),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
  /** The lines, as first and last of each run. */
  ranges: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
  lines: Type.Integer(),
})
export type SpeakerRecord = Static<typeof SpeakerRecord>

export const CorrectionRecord = Type.Union([LinesRecord, SpeakerRecord])
export type CorrectionRecord = Static<typeof CorrectionRecord>

/** Longer lines are not corrected by hand. */
export const LONGEST_LINE = 100_000
/** How far from its time a line is looked for in another text. Seconds. */
const SAME_LINE_WITHIN = 90

/** Two lines as one: the words of both, by whoever is named, from the beginning of the first to the end of the last. */
export function joinLines(first: Segment, second: Segment): Segment {
  return {
    start: first.start ?? second.start,
    // Unknown stays unknown: the second line may be heard for longer than the first.
    end: second.end === null ? null : Math.max(second.end, first.end ?? 0),
    speaker: first.speaker ?? second.speaker,
    text: `${first.text} ${second.text}`.trim(),
  }
}

/** One line as two, by the same speaker; when the second begins is told by how many characters come before it. Null where that leaves one without words. */
export function splitLine(
  line: Segment,
  offset: number,
  nextStart: number | null,
): [Segment, Segment] | null {
  const [first, second] = [line.text.slice(0, offset).trim(), line.text.slice(offset).trim()]
  if (first === '' || second === '' || !first.isWellFormed()) return null
  const end = line.end ?? (nextStart !== null && nextStart > (line.start ?? Infinity) ? nextStart : null)
  const cut =
    line.start === null || end === null || end < line.start
      ? line.start
      : roundTo(line.start + ((end - line.start) * offset) / line.text.length)
  return [
    { ...line, end: line.end === null ? null : cut, text: first },
    { ...line, start: cut, text: second },
  ]
}

const roundTo = (seconds: number) => Math.round(seconds * 1000) / 1000

/** The words of a line as they are stored. */
export const lineWords = (text: string): string => text.toWellFormed().replace(/\s+/gu, ' ').trim()

/** What takes a correction back. */
export function inverseOf(record: CorrectionRecord): CorrectionRecord {
  if (record.kind === 'speaker') return { ...record, from: record.to, to: record.from }
  const kind = record.kind === 'line' ? 'line' : record.kind === 'join' ? 'split' : 'join'
  return { ...record, kind, before: record.after, after: record.before }
}

/**
 * What `now` becomes when what was done from `before` to `after` is done to it; null when it does not fit. What else was
 * corrected in these lines since stays as it is.
 */
export function doneTo({ kind, before, after }: LinesRecord, now: readonly Segment[]): Segment[] | null {
  const [old, given, line] = [before[0], after[0], now[0]]
  if (!old || !given || !line || now.length !== before.length) return null
  if (kind === 'line') {
    const fits = (['start', 'end', 'speaker', 'text'] as const).every(
      (field) => old[field] === given[field] || line[field] === old[field] || line[field] === given[field],
    )
    const corrected = { ...line }
    if (old.text !== given.text) corrected.text = given.text
    if (old.speaker !== given.speaker) corrected.speaker = given.speaker
    // A time is right for the text that it was corrected in.
    if (old.start !== given.start) corrected.start = given.start
    if (old.end !== given.end) corrected.end = given.end
    return fits ? [corrected] : null
  }
  if (!now.every(({ text }, index) => text === before[index]?.text)) return null
  if (kind === 'join') {
    const [one, other] = now
    // What two people say now is not one line of one of them.
    if (!one || !other || (one.speaker !== other.speaker && before[0]?.speaker === before[1]?.speaker))
      return null
    return [{ ...joinLines(one, other), text: given.text }]
  }
  const [, second] = after
  if (!second) return null
  const speaker = (was: Segment) => (was.speaker === old.speaker ? line.speaker : was.speaker)
  const inner = (time: number | null) =>
    time === null || line.start === null || old.start === null
      ? time
      : Math.max(0, roundTo(time + line.start - old.start))
  return [
    { start: line.start, end: inner(given.end), speaker: speaker(given), text: given.text },
    { start: inner(second.start), end: line.end, speaker: speaker(second), text: second.text },
  ]
}

/** A change of how many lines there are, at a place. */
export type Splice = Pick<LinesRecord, 'kind' | 'segment'>

/** Where the lines of a range stand after lines before, in or behind it were joined and split. */
export function rangeAfter(splices: readonly Splice[], [first, last]: [number, number]): [number, number] {
  let [from, to] = [first, last]
  for (const { kind, segment } of splices) {
    if (kind === 'line') continue
    const [removed, added] = kind === 'join' ? [2, 1] : [1, 2]
    const place = (at: number, within: number) =>
      at < segment ? at : at >= segment + removed ? at + added - removed : within
    ;[from, to] = [place(from, segment), place(to, segment + added - 1)]
  }
  return [from, to]
}

/** Positions in order, as runs. */
export function inRanges(positions: readonly number[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const position of positions) {
    const last = ranges.at(-1)
    if (last && last[1] === position - 1) last[1] = position
    else ranges.push([position, position])
  }
  return ranges
}

/** A correction that was made to an earlier text, and what becomes of it in another one: null when it does not fit. */
export type Replayed<Change> = { change: Change; record: CorrectionRecord | null }

/** Does corrections again, in their order, to a text that came from elsewhere. What does not fit is left out and told. */
export function replay<Change extends { record: CorrectionRecord }>(
  changes: readonly Change[],
  text: readonly Segment[],
): { segments: Segment[]; replayed: Replayed<Change>[] } {
  const segments = [...text]
  const replayed: Replayed<Change>[] = []
  for (const change of changes) {
    const record =
      change.record.kind === 'speaker'
        ? nameAgain(change.record, segments)
        : correctAgain(change.record, segments)
    if (record && record.kind !== 'speaker' && record.kind !== 'line')
      for (const one of replayed) one.record &&= placedAfter(record, one.record)
    replayed.push({ change, record })
  }
  return { segments, replayed }
}

function placedAfter(splice: Splice, record: CorrectionRecord): CorrectionRecord {
  if (record.kind === 'speaker')
    return { ...record, ranges: record.ranges.map((range) => rangeAfter([splice], range)) }
  return { ...record, segment: rangeAfter([splice], [record.segment, record.segment])[0] }
}

function nameAgain(record: SpeakerRecord, segments: Segment[]): SpeakerRecord | null {
  const positions: number[] = []
  for (const [index, segment] of segments.entries()) {
    if (segment.speaker !== record.from) continue
    segments[index] = { ...segment, speaker: record.to }
    positions.push(index)
  }
  return positions.length > 0 ? { ...record, ranges: inRanges(positions), lines: positions.length } : null
}

function correctAgain(record: LinesRecord, segments: Segment[]): LinesRecord | null {
  const at = likeliestPlace(record, segments)
  if (at === null) return null
  const now = segments.slice(at, at + record.before.length)
  const done = doneTo(record, now)
  if (!done) return null
  segments.splice(at, now.length, ...done)
  return { ...record, segment: at, before: now, after: done }
}

/** Where the lines of a correction stand in another text, by their words and near their time; null where there is a doubt. */
function likeliestPlace({ before, after }: LinesRecord, segments: readonly Segment[]): number | null {
  const [old] = before
  if (!old) return null
  const found: { index: number; distance: number }[] = []
  for (const [index, { text, start }] of segments.entries()) {
    if (text !== old.text && (before.length > 1 || after.length > 1 || text !== after[0]?.text)) continue
    const distance = start === null || old.start === null ? 0 : Math.abs(start - old.start)
    if (distance <= SAME_LINE_WITHIN) found.push({ index, distance })
  }
  const [best, second] = found.sort((a, b) => a.distance - b.distance)
  return best && best.distance !== second?.distance ? best.index : null
}
