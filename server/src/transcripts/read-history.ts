import { and, asc, desc, eq, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { accounts, episodes, transcriptChanges } from '#db/schema.ts'
import type { Output } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import {
  CHANGES_AT_ONCE,
  MOST_CORRECTIONS,
  type KeptCorrection,
  type TranscriptChange,
  type transcriptCalls,
} from '#shared/transcripts.ts'
import { mayChange, type EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { inText } from './lines.ts'
import { readTakenBack, shownRecord } from './shown-record.ts'

export async function getTranscriptHistory(
  house: House,
  reader: EpisodeReader,
  before: number | undefined,
): Promise<Output<typeof transcriptCalls.getTranscriptHistory>> {
  const found = await readChanges(
    house.db,
    reader,
    before === undefined ? undefined : lt(transcriptChanges.revision, before),
    CHANGES_AT_ONCE + 1,
  )
  return {
    revision: reader.episode.revision,
    changes: found.slice(0, CHANGES_AT_ONCE),
    more: found.length > CHANGES_AT_ONCE,
  }
}

export async function getCorrections(
  house: House,
  { member, episode }: EpisodeReader,
): Promise<Output<typeof transcriptCalls.getCorrections>> {
  if (!mayChange(member, episode))
    throw new Refusal(
      'not-allowed',
      'Only whoever imported an episode, or a facilitator, can import it again and choose what it keeps.',
    )
  return { revision: episode.revision, corrections: await readCorrections(house.db, episode.id) }
}

/** The corrections that are in a text now, in the order in which they were made. */
export async function readCorrections(reader: Reader, episodeId: string): Promise<KeptCorrection[]> {
  const found = await reader
    .select({
      id: transcriptChanges.id,
      revision: transcriptChanges.revision,
      at: transcriptChanges.at,
      record: transcriptChanges.record,
      by: { id: accounts.id, name: accounts.name },
    })
    .from(transcriptChanges)
    .leftJoin(accounts, eq(accounts.id, transcriptChanges.accountId))
    .where(inText(episodeId))
    .orderBy(asc(transcriptChanges.revision))
    .limit(MOST_CORRECTIONS)
  return found.flatMap(({ record, at, ...one }) => (record ? [{ ...one, at: at.toISOString(), record }] : []))
}

export async function readChange(tx: Reader, reader: EpisodeReader, id: string): Promise<TranscriptChange> {
  const [change] = await readChanges(tx, reader, eq(transcriptChanges.id, id), 1)
  if (!change) throw new Refusal('not-found')
  return change
}

async function readChanges(
  db: Reader,
  { member, episode }: EpisodeReader,
  which: ReturnType<typeof and>,
  limit: number,
): Promise<TranscriptChange[]> {
  const undone = alias(transcriptChanges, 'undone')
  const ender = alias(transcriptChanges, 'ender')
  const found = await db
    .select({
      change: transcriptChanges,
      by: { id: accounts.id, name: accounts.name },
      undoes: undone.revision,
      endedBy: ender.revision,
      endedAs: ender.kind,
    })
    .from(transcriptChanges)
    .innerJoin(episodes, eq(episodes.id, transcriptChanges.episodeId))
    .leftJoin(accounts, eq(accounts.id, transcriptChanges.accountId))
    .leftJoin(undone, eq(undone.id, transcriptChanges.undoes))
    .leftJoin(ender, eq(ender.id, transcriptChanges.endedBy))
    .where(and(eq(transcriptChanges.episodeId, episode.id), which))
    .orderBy(desc(transcriptChanges.revision))
    .limit(limit)
  const leads = mayChange(member, episode)
  const gone = leads ? undefined : await readTakenBack(db, episode.id)
  return found.map(({ change, by, undoes, endedBy, endedAs }) => {
    const own = change.accountId === member.account.id
    const ended = change.endedBy === null ? null : endedAs === 'import' ? 'import' : 'undone'
    // What was taken back may be what nobody should have to read.
    const shown = own || leads || (ended !== 'undone' && change.undoes === null)
    return {
      id: change.id,
      revision: change.revision,
      kind: change.kind,
      by,
      at: change.at.toISOString(),
      record:
        shown && change.record ? (own || !gone ? change.record : shownRecord(change.record, gone)) : null,
      undoes,
      endedBy,
      ended,
      mayUndo:
        change.record !== null &&
        (change.endedBy === null ? own || leads : leads && ended === 'import' && change.undoes === null),
    }
  })
}
