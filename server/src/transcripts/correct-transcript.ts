import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from '#db/connect.ts'
import {
  joinLines,
  lineWords,
  LONGEST_LINE,
  splitLine,
  type CorrectionRecord,
  type LinesRecord,
} from '#shared/corrections.ts'
import type { Segment } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Correction, CorrectionDraft, TranscriptChange } from '#shared/transcripts.ts'
import type { EpisodeReader, EpisodeRow } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { changeTranscript } from './change-transcript.ts'
import { nextStart, readLines, renameSpeaker, turnAround, writeLines } from './lines.ts'

/** Any member may put a transcript right: the history and the undo are the guard (docs/decisions). */
export function correctTranscript(
  house: House,
  reader: EpisodeReader,
  { id, revision, correction }: CorrectionDraft,
): Promise<TranscriptChange> {
  return changeTranscript(house, reader, id, async (tx, now) => {
    if (now.revision !== revision)
      throw new Refusal(
        'conflict',
        'Somebody changed this transcript while you wrote, so nothing was saved. Your words are still here: look at the lines as they are now, and save again.',
      )
    return { record: await doCorrection(tx, now, correction) }
  })
}

async function doCorrection(
  tx: Transaction,
  episode: EpisodeRow,
  correction: Correction,
): Promise<CorrectionRecord> {
  const { segment } = correction
  const [line, next] = await readLines(tx, episode, segment, 2)
  if (!line)
    throw new Refusal('not-found', 'This line is not in the transcript any more. Load the page again.')

  if (correction.kind === 'speaker') {
    const to = nameOf(correction.to)
    if (to === line.speaker) throw nothingNew('to')
    const change = { from: line.speaker, to }
    return correction.scope === 'everywhere'
      ? renameSpeaker(tx, episode, change)
      : renameSpeaker(tx, episode, change, [await turnAround(tx, episode, segment, line.speaker)])
  }

  const record = ((): LinesRecord => {
    switch (correction.kind) {
      case 'line':
        return { kind: 'line', segment, before: [line], after: [corrected(line, correction)] }
      case 'join':
        if (!next) throw new Refusal('invalid', 'This is the last line: there is none after it to join.')
        return { kind: 'join', segment, before: [line, next], after: [joinLines(line, next)] }
      case 'split':
        return { kind: 'split', segment, before: [line], after: [] }
    }
  })()
  if (correction.kind === 'split') {
    const parts = splitLine(line, correction.offset, await nextStart(tx, episode, segment))
    if (!parts)
      throw new Refusal(
        'invalid',
        'A line is split between two of its words. Put the caret where the second line should begin.',
        'offset',
      )
    record.after = parts
  }
  const longest = Math.max(...[...record.before, ...record.after].map(({ text }) => text.length))
  if (longest > LONGEST_LINE)
    throw new Refusal(
      'too-large',
      `A line of more than ${LONGEST_LINE.toLocaleString('en')} characters can’t be corrected by hand. Import the text again, cut into shorter lines.`,
      'text',
    )
  await writeLines(tx, episode, record)
  return record
}

function corrected(line: Segment, { start, end, speaker, text }: Segment): Segment {
  const after = { start, end, speaker: nameOf(speaker), text: lineWords(text) }
  if (after.text === '')
    throw new Refusal(
      'invalid',
      'A line needs words. To take a line out, join it with its neighbour, and then take its words out.',
      'text',
    )
  if (start !== null && end !== null && end < start)
    throw new Refusal('invalid', 'A line can’t end before it begins. Correct one of the two times.', 'end')
  if (isDeepStrictEqual(after, line)) throw nothingNew('text')
  return after
}

/** Nobody is called by white space. */
const nameOf = (name: string | null): string | null => (name && lineWords(name)) || null

const nothingNew = (field: string) =>
  new Refusal('invalid', 'That is what stands there already. Change something first.', field)
