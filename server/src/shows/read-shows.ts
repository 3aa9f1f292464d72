import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { artworks, importedItems, showItems, shows } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import {
  isFresh,
  MOST_SHOW_ITEMS,
  MOST_SHOWS,
  type Show,
  type ShowItem,
  type ShowSummary,
} from '#shared/shows.ts'
import { isArtworkOf } from '../episodes/artworks.ts'
import { mayFacilitate, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { ShowReader } from './guards.ts'

export const listShows = (house: House, member: Member): Promise<ShowSummary[]> =>
  readSummaries(house, member, eq(shows.groupId, member.group.id))

export async function readShowSummary(house: House, member: Member, showId: string): Promise<ShowSummary> {
  const [show] = await readSummaries(
    house,
    member,
    and(eq(shows.groupId, member.group.id), eq(shows.id, showId)),
  )
  if (!show) throw new Refusal('not-found')
  return show
}

export async function getShow(house: House, { member, show }: ShowReader): Promise<Show> {
  return { ...(await readShowSummary(house, member, show.id)), list: await readItems(house, show.id) }
}

async function readItems(house: House, showId: string): Promise<ShowItem[]> {
  const found = await house.db
    .select({
      id: showItems.id,
      title: showItems.title,
      publishedAt: showItems.publishedAt,
      duration: showItems.duration,
      hasTranscript: showItems.hasTranscript,
      hasChapters: showItems.hasChapters,
      appearedAt: showItems.appearedAt,
      fromStart: showItems.fromStart,
      dismissedAt: showItems.dismissedAt,
      goneAt: showItems.goneAt,
      mark: showItems.mark,
      imported: importedItems,
    })
    .from(showItems)
    .leftJoin(importedItems, eq(importedItems.itemId, showItems.id))
    .where(eq(showItems.showId, showId))
    .orderBy(sql`${showItems.publishedAt} desc nulls last`, asc(showItems.title), asc(showItems.id))
    .limit(MOST_SHOW_ITEMS)
  const now = house.now()
  return found.map(({ imported, mark, appearedAt, fromStart, dismissedAt, goneAt, ...item }) => ({
    ...item,
    publishedAt: item.publishedAt?.toISOString() ?? null,
    fresh: imported === null && isFresh({ appearedAt, fromStart, dismissedAt }, now),
    dismissed: imported === null && dismissedAt !== null,
    gone: goneAt !== null,
    episodeId: imported?.episodeId ?? null,
    newerText: imported !== null && imported.mark !== mark,
  }))
}

async function readSummaries(
  house: House,
  member: Member,
  which: ReturnType<typeof and>,
): Promise<ShowSummary[]> {
  const found = await house.db
    .select({ show: shows, artworkId: artworks.id })
    .from(shows)
    .leftJoin(artworks, isArtworkOf(shows))
    .where(and(which, isNull(shows.stoppedAt)))
    .orderBy(asc(sql`lower(${shows.title})`), asc(shows.id))
    .limit(MOST_SHOWS)
  const counts = await countItems(house, member.group.id)
  const sees = mayFacilitate(member)
  return found.map(({ show, artworkId }) => ({
    id: show.id,
    title: show.title,
    language: show.language,
    artworkId,
    feedUrl: sees ? show.feedUrl : null,
    followedAt: show.followedAt.toISOString(),
    readAt: show.readAt.toISOString(),
    checkedAt: show.checkedAt.toISOString(),
    nextCheckAt: show.nextCheckAt.toISOString(),
    problem:
      show.problem === null
        ? null
        : {
            // What is wrong can name the host of the feed.
            sentence: sees ? show.problem : 'The feed could not be read. Facilitators see why.',
            since: (show.failingSince ?? show.checkedAt).toISOString(),
          },
    ...(counts.get(show.id) ?? { items: 0, fresh: 0, episodes: 0 }),
  }))
}

async function countItems(house: House, groupId: string) {
  const found = await house.db
    .select({
      showId: showItems.showId,
      fromStart: showItems.fromStart,
      dismissedAt: showItems.dismissedAt,
      appearedAt: showItems.appearedAt,
      items: count(),
      episodes: count(importedItems.itemId),
    })
    .from(showItems)
    .leftJoin(importedItems, eq(importedItems.itemId, showItems.id))
    .where(eq(showItems.groupId, groupId))
    .groupBy(showItems.showId, showItems.fromStart, showItems.dismissedAt, showItems.appearedAt)
  const now = house.now()
  const counts = new Map<string, { items: number; fresh: number; episodes: number }>()
  for (const { showId, items, episodes, ...item } of found) {
    const so = counts.get(showId) ?? { items: 0, fresh: 0, episodes: 0 }
    counts.set(showId, {
      items: so.items + items,
      fresh: so.fresh + (isFresh(item, now) ? items - episodes : 0),
      episodes: so.episodes + episodes,
    })
  }
  return counts
}
