import { and, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { segments, transcriptChanges } from '#db/schema.ts'
import type { CorrectionRecord, LinesRecord } from '#shared/corrections.ts'
import type { Segment } from '#shared/episodes.ts'
import type { ShownRecord } from '#shared/transcripts.ts'

/** Words and names that somebody put into a transcript and that were taken back. */
export type TakenBack = { texts: ReadonlySet<string>; speakers: ReadonlySet<string> }

/**
 * What changes put in that were taken back since. What stands in the transcript now is not among it: everybody reads it
 * there.
 */
export async function readTakenBack(db: Reader, episodeId: string): Promise<TakenBack> {
  const ender = alias(transcriptChanges, 'ender')
  const found = await db
    .select({ record: transcriptChanges.record })
    .from(transcriptChanges)
    .leftJoin(ender, eq(ender.id, transcriptChanges.endedBy))
    .where(
      and(
        eq(transcriptChanges.episodeId, episodeId),
        isNotNull(transcriptChanges.endedBy),
        isNull(transcriptChanges.undoes),
        // What ended it may be older than the group keeps.
        or(isNull(ender.kind), ne(ender.kind, 'import')),
      ),
    )
  const [texts, speakers] = [new Set<string>(), new Set<string>()]
  for (const { record } of found) {
    if (record?.kind === 'speaker' && record.to !== null) speakers.add(record.to)
    // A join and a split bring no words of their own.
    if (record?.kind !== 'line') continue
    const [before, after] = [record.before[0], record.after[0]]
    if (after && after.text !== before?.text) texts.add(after.text)
    if (after?.speaker && after.speaker !== before?.speaker) speakers.add(after.speaker)
  }
  if (texts.size === 0 && speakers.size === 0) return { texts, speakers }

  const now = await db
    .select({ text: segments.text, speaker: segments.speaker })
    .from(segments)
    .where(eq(segments.episodeId, episodeId))
  for (const { text, speaker } of now) {
    texts.delete(text)
    if (speaker !== null) speakers.delete(speaker)
  }
  return { texts, speakers }
}

/**
 * A record for those who neither made the change nor may take changes back: only the words and names that it changed
 * itself, and of those none that were taken back. Places and times stay: they are no words.
 */
export function shownRecord(record: CorrectionRecord, gone: TakenBack): ShownRecord {
  const isGone = (name: string | null) => name !== null && gone.speakers.has(name)
  if (record.kind === 'speaker') {
    const { from, to, ...rest } = record
    return { ...rest, ...(isGone(from) ? {} : { from }), ...(isGone(to) ? {} : { to }) }
  }
  const [texts, speakers] = [changes(record, 'text'), changes(record, 'speaker')]
  const show = ({ start, end, text, speaker }: Segment) => ({
    start,
    end,
    ...(texts && !wasTakenBack(record, text, gone) ? { text } : {}),
    ...(speakers && !isGone(speaker) ? { speaker } : {}),
  })
  return { ...record, before: record.before.map(show), after: record.after.map(show) }
}

const changes = ({ before, after }: LinesRecord, field: 'text' | 'speaker'): boolean =>
  new Set([...before, ...after].map((line) => line[field])).size > 1

/** A line that was joined or split has the words of another one in it, or is a part of one. */
function wasTakenBack({ kind }: LinesRecord, text: string, { texts }: TakenBack): boolean {
  if (kind === 'line') return texts.has(text)
  for (const one of texts) if (one.includes(text) || text.includes(one)) return true
  return false
}
