import { and, asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, groups, highlights, listenings, listeningSettings } from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What I marked for myself, where I am in episodes, and how I listen: also of groups that I left. */
export async function readMyListening(tx: Transaction, accountId: string) {
  const place = { group: groups.name, episode: episodes.title }
  const marked = await tx
    .select({ ...place, row: highlights })
    .from(highlights)
    .innerJoin(episodes, and(eq(episodes.groupId, highlights.groupId), eq(episodes.id, highlights.episodeId)))
    .innerJoin(groups, eq(groups.id, highlights.groupId))
    .where(eq(highlights.accountId, accountId))
    .orderBy(asc(highlights.markedAt), asc(highlights.id))
  const listened = await tx
    .select({ ...place, row: listenings })
    .from(listenings)
    .innerJoin(episodes, and(eq(episodes.groupId, listenings.groupId), eq(episodes.id, listenings.episodeId)))
    .innerJoin(groups, eq(groups.id, listenings.groupId))
    .where(eq(listenings.accountId, accountId))
    .orderBy(asc(listenings.updatedAt), asc(listenings.episodeId))
  const [settings] = await tx
    .select({
      speed: listeningSettings.speed,
      fold: listeningSettings.fold,
      keys: listeningSettings.keys,
    })
    .from(listeningSettings)
    .where(eq(listeningSettings.accountId, accountId))
  return {
    highlights: marked.map(({ group, episode, row }) => ({
      group,
      episode,
      quote: row.anchor.quote,
      at: row.anchor.start ?? row.anchor.chapter,
      note: row.note,
      markedAt: row.markedAt.toISOString(),
      editedAt: orNull(row.editedAt),
    })),
    listenedTo: listened.map(({ group, episode, row }) => ({
      group,
      episode,
      stoppedAt: orNull(row.stoppedAt),
      at: row.moment,
      reached: row.reached,
      allShown: row.revealed,
      audioLater: row.offset,
    })),
    listening: settings ?? null,
  }
}
