import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { transcriptChanges } from '#db/schema.ts'
import {
  doneTo,
  inverseOf,
  rangeAfter,
  type CorrectionRecord,
  type LinesRecord,
  type Splice,
} from '#shared/corrections.ts'
import { Refusal } from '#shared/refusals.ts'
import type { TranscriptChange } from '#shared/transcripts.ts'
import { mayChange, type EpisodeReader, type EpisodeRow } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { changeTranscript } from './change-transcript.ts'
import { placesOf, readLines, renameSpeaker, splicesSince, writeLines } from './lines.ts'

type Change = typeof transcriptChanges.$inferSelect

const noLongerFits = () =>
  new Refusal(
    'conflict',
    'These lines were changed again since, so this can’t be taken back by itself. Undo the later change first, or correct the lines by hand.',
  )

/** Takes one change back, as long as the lines are as it left them. What else was corrected in them since stays. */
export function undoCorrection(
  house: House,
  reader: EpisodeReader,
  changeId: string,
  id: string,
): Promise<TranscriptChange> {
  const { member, episode } = reader
  return changeTranscript(house, reader, id, async (tx, now) => {
    const [change] = await tx
      .select()
      .from(transcriptChanges)
      .where(and(eq(transcriptChanges.episodeId, episode.id), eq(transcriptChanges.id, changeId)))
    if (!change) throw new Refusal('not-found')
    if (change.accountId !== member.account.id && !mayChange(member, episode))
      throw new Refusal(
        'not-allowed',
        'Only whoever made a correction, whoever imported the episode, or a facilitator can take it back.',
      )
    if (change.kind === 'import')
      throw new Refusal('invalid', 'An import is not taken back. Import the text that you want instead.')
    if (change.record && (await isGoneWithImport(tx, change)) && mayChange(member, episode)) {
      await markTakenBack(tx, change, id)
      return { record: null, kind: change.record.kind, undoes: change.id }
    }
    if (change.endedBy || !change.record)
      throw new Refusal('conflict', 'This is not in the transcript any more. There is nothing to take back.')

    const back = inverseOf(change.record)
    const splices = await splicesSince(tx, now, change.placedAt)
    const record =
      back.kind === 'speaker'
        ? await renameSpeaker(
            tx,
            now,
            back,
            back.ranges.map((range) => rangeAfter(splices, range)),
          )
        : await putBack(tx, now, back, splices)
    if (record.kind === 'speaker' && record.lines === 0) throw noLongerFits()
    await markTakenBack(tx, change, id)
    return { record, undoes: change.id }
  })
}

async function putBack(
  tx: Transaction,
  episode: EpisodeRow,
  back: LinesRecord,
  splices: Splice[],
): Promise<CorrectionRecord> {
  const [expected] = rangeAfter(splices, [back.segment, back.segment])
  const elsewhere = await placesOf(tx, episode, back.before[0]?.text ?? '')
  // Where it should be; or where its words are, when they are in one place only.
  for (const segment of elsewhere.length === 1 ? [expected, ...elsewhere] : [expected]) {
    const before = await readLines(tx, episode, segment, back.before.length)
    const after = doneTo(back, before)
    if (!after) continue
    const record: LinesRecord = { ...back, segment, before, after }
    await writeLines(tx, episode, record)
    return record
  }
  throw noLongerFits()
}

/** Its words are in no text any more; but the others read them in the history until those who lead take it back. */
async function isGoneWithImport(tx: Transaction, { endedBy, undoes }: Change): Promise<boolean> {
  if (!endedBy || undoes) return false
  const [ender] = await tx
    .select({ kind: transcriptChanges.kind })
    .from(transcriptChanges)
    .where(eq(transcriptChanges.id, endedBy))
  return ender?.kind === 'import'
}

/** Whoever takes an undo back has the first change again; and whoever takes that back has the undo again. */
async function markTakenBack(
  tx: Transaction,
  change: Pick<Change, 'id' | 'undoes'>,
  by: string | null,
): Promise<void> {
  await tx.update(transcriptChanges).set({ endedBy: by }).where(eq(transcriptChanges.id, change.id))
  if (!change.undoes) return
  const [undone] = await tx
    .select({ id: transcriptChanges.id, undoes: transcriptChanges.undoes })
    .from(transcriptChanges)
    .where(eq(transcriptChanges.id, change.undoes))
  if (undone) await markTakenBack(tx, undone, by === null ? change.id : null)
}
