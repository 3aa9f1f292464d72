import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, groups, transcriptChanges } from '#db/schema.ts'

/** What I put right in transcripts, with the words that I put there. */
export async function readMyCorrections(tx: Transaction, accountId: string) {
  const made = await tx
    .select({
      group: groups.name,
      episode: episodes.title,
      kind: transcriptChanges.kind,
      record: transcriptChanges.record,
      at: transcriptChanges.at,
    })
    .from(transcriptChanges)
    .innerJoin(episodes, eq(episodes.id, transcriptChanges.episodeId))
    .innerJoin(groups, eq(groups.id, transcriptChanges.groupId))
    .where(eq(transcriptChanges.accountId, accountId))
    .orderBy(asc(transcriptChanges.at), asc(transcriptChanges.revision))
  return {
    corrections: made.map(({ record, at, ...one }) => ({
      ...one,
      words: !record
        ? ''
        : record.kind === 'speaker'
          ? (record.to ?? '')
          : record.after.map(({ text }) => text).join('\n'),
      at: at.toISOString(),
    })),
  }
}
