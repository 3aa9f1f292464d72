import { and, desc, eq, gte, inArray, isNull, notExists, notInArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { episodes, importedItems, showItems, shows } from '#db/schema.ts'
import { wantArtwork } from '../episodes/artworks.ts'
import type { Feed, FeedEntry } from '../episodes/feed.ts'
import type { House } from '../house.ts'
import type { Asked } from './ask-feed.ts'
import type { ShowRow } from './guards.ts'
import { afterReading } from './next-check.ts'

const ROWS_AT_ONCE = 100
/** Undecided items that are kept of a show; of a feed that gives others each time, the latest. */
const MOST_KEPT = 1_000

/** Keeps what a feed gave. The show is locked by whoever calls. */
export async function keepFeed(
  house: House,
  tx: Transaction,
  show: ShowRow,
  { feed, feedUrl, etag, lastModified }: Asked,
  { fromStart = false }: { fromStart?: boolean } = {},
): Promise<void> {
  const now = house.now()
  if (feed) {
    await keepItems(tx, show, feed.entries, { now, fromStart })
    await markGone(tx, show, feed, now)
    await forgetOldest(tx, show)
    await findEpisodes(tx, show)
    await wantArtwork(house, tx, show.groupId, feed.artworkUrl)
  }
  const [newest] = await tx
    .select({ at: showItems.publishedAt })
    .from(showItems)
    .where(eq(showItems.showId, show.id))
    .orderBy(sql`${showItems.publishedAt} desc nulls last`)
    .limit(1)
  await tx
    .update(shows)
    .set({
      ...(feed ? { title: feed.title, language: feed.language, artworkUrl: feed.artworkUrl } : {}),
      feedUrl: (await isTaken(tx, show, feedUrl)) ? show.feedUrl : feedUrl,
      etag,
      lastModified,
      checkedAt: now,
      readAt: now,
      nextCheckAt: afterReading(newest?.at ?? null, now),
      failures: 0,
      failingSince: null,
      problem: null,
    })
    .where(eq(shows.id, show.id))
}

/** Two feeds of a group that become one go on side by side. */
async function isTaken(tx: Transaction, { id, groupId }: ShowRow, feedUrl: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: shows.id })
    .from(shows)
    .where(and(eq(shows.groupId, groupId), eq(shows.feedUrl, feedUrl)))
  return other !== undefined && other.id !== id
}

async function keepItems(
  tx: Transaction,
  { id: showId, groupId }: ShowRow,
  entries: readonly FeedEntry[],
  { now, fromStart }: { now: Date; fromStart: boolean },
): Promise<void> {
  const rows = entries.map((entry) => ({
    groupId,
    showId,
    key: entry.id,
    title: entry.title,
    publishedAt: entry.publishedAt === null ? null : new Date(entry.publishedAt),
    duration: entry.duration,
    audioUrl: entry.audioUrl,
    hasTranscript: entry.transcripts.length > 0,
    hasChapters: entry.chaptersUrl !== null || entry.chapters.length > 0,
    entry,
    mark: entry.mark,
    appearedAt: now,
    fromStart,
  }))
  const excluded = (column: string) => sql.raw(`excluded.${column}`)
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await tx
      .insert(showItems)
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflictDoUpdate({
        target: [showItems.showId, showItems.key],
        set: {
          title: excluded('title'),
          publishedAt: excluded('published_at'),
          duration: excluded('duration'),
          audioUrl: excluded('audio_url'),
          hasTranscript: excluded('has_transcript'),
          hasChapters: excluded('has_chapters'),
          entry: excluded('entry'),
          mark: excluded('mark'),
          goneAt: null,
        },
        setWhere: sql`${showItems.entry} is distinct from excluded.entry or ${showItems.goneAt} is not null`,
      })
}

/** A feed that is longer than we read tells nothing about what is older than its part that we read. */
async function markGone(tx: Transaction, show: ShowRow, { entries, total }: Feed, now: Date): Promise<void> {
  const oldest = entries.at(-1)?.publishedAt
  await tx
    .update(showItems)
    .set({ goneAt: now })
    .where(
      and(
        eq(showItems.showId, show.id),
        isNull(showItems.goneAt),
        entries.length > 0
          ? notInArray(
              showItems.key,
              entries.map(({ id }) => id),
            )
          : undefined,
        total > entries.length && oldest ? gte(showItems.publishedAt, new Date(oldest)) : undefined,
      ),
    )
}

const isImported = (tx: Transaction) =>
  tx
    .select({ itemId: importedItems.itemId })
    .from(importedItems)
    .where(eq(importedItems.itemId, showItems.id))

async function forgetOldest(tx: Transaction, show: ShowRow): Promise<void> {
  const tooMany = tx
    .select({ id: showItems.id })
    .from(showItems)
    .where(and(eq(showItems.showId, show.id), notExists(isImported(tx))))
    .orderBy(
      sql`${showItems.goneAt} desc nulls first`,
      desc(showItems.appearedAt),
      sql`${showItems.publishedAt} desc nulls last`,
    )
    .offset(MOST_KEPT)
  await tx.delete(showItems).where(inArray(showItems.id, tooMany))
}

/** What was imported before the group followed the show is known by its audio. */
async function findEpisodes(tx: Transaction, show: ShowRow): Promise<void> {
  const known = tx
    .select({ episodeId: importedItems.episodeId })
    .from(importedItems)
    .where(eq(importedItems.episodeId, episodes.id))
  const found = await tx
    .select({ episodeId: episodes.id, itemId: showItems.id, mark: showItems.mark })
    .from(showItems)
    .innerJoin(
      episodes,
      and(eq(episodes.groupId, showItems.groupId), eq(episodes.audioUrl, showItems.audioUrl)),
    )
    .where(and(eq(showItems.showId, show.id), notExists(isImported(tx)), notExists(known)))
  for (const one of found)
    await tx
      .insert(importedItems)
      .values({ ...one, groupId: show.groupId })
      .onConflictDoNothing()
}
