import { and, count, eq, isNull, ne, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, shows } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { MOST_SHOWS, type ShowSummary } from '#shared/shows.ts'
import type { Feed } from '../episodes/feed.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { findFeed, type Asked } from './ask-feed.ts'
import type { ShowReader } from './guards.ts'
import { keepFeed } from './keep-feed.ts'
import { readShowSummary } from './read-shows.ts'
import { showGuid } from './show-guid.ts'

/** Follows a show from now on. What its feed has already is there to choose from, and not marked as new. */
export async function followShow(
  house: House,
  facilitator: Facilitator,
  { id, url }: { id: string; url: string },
): Promise<ShowSummary> {
  const { group, account } = facilitator
  requireOpenGroup(group)
  const [before] = await house.db
    .select({ groupId: shows.groupId })
    .from(shows)
    .where(and(eq(shows.id, id), isNull(shows.stoppedAt)))
  // A retry gets what its first try made, without asking the feed again.
  if (before?.groupId === group.id) return readShowSummary(house, facilitator, id)

  const asked = await findFeed(house, url)
  const showId = await house.db.transaction(async (tx) => {
    await lockShows(tx, group.id)
    const now = house.now()
    const guid = showGuid(asked.feed.guid, asked.feedUrl)
    const same = await findSame(tx, group.id, guid, asked.feedUrl)
    if (same && same.stoppedAt === null) throw alreadyFollowed(same.title)
    await requireRoom(tx, group.id)
    const values = {
      ...described(asked, guid),
      followedBy: account.id,
      followedAt: now,
      stoppedAt: null,
      checkedAt: now,
      readAt: now,
      nextCheckAt: now,
    }
    // Followed before: what became of its items is still known.
    const [show] = same
      ? await tx.update(shows).set(values).where(eq(shows.id, same.id)).returning()
      : await tx
          .insert(shows)
          .values({ id, groupId: group.id, ...values })
          .onConflictDoNothing()
          .returning()
    if (!show) throw new Refusal('conflict')
    await keepFeed(house, tx, show, asked, { fromStart: true })
    return show.id
  })
  return readShowSummary(house, facilitator, showId)
}

/** Goes on following a show where its feed is now. */
export async function changeShowAddress(
  house: House,
  { member, show }: ShowReader<Facilitator>,
  url: string,
): Promise<ShowSummary> {
  requireOpenGroup(member.group)
  const asked = await findFeed(house, url)
  await house.db.transaction(async (tx) => {
    await lockShows(tx, show.groupId)
    const guid = asked.feed.guid === null ? show.guid : showGuid(asked.feed.guid, asked.feedUrl)
    const same = await findSame(tx, show.groupId, guid, asked.feedUrl, show.id)
    if (same)
      throw same.stoppedAt === null
        ? alreadyFollowed(same.title)
        : new Refusal(
            'conflict',
            `“${same.title}” was followed before. Stop following this one, and follow that address instead.`,
            'url',
          )
    const [now] = await tx
      .update(shows)
      .set(described(asked, guid))
      .where(and(eq(shows.id, show.id), isNull(shows.stoppedAt)))
      .returning()
    if (!now) throw new Refusal('not-found')
    await keepFeed(house, tx, now, asked)
  })
  return readShowSummary(house, member, show.id)
}

const described = ({ feed, feedUrl }: Asked & { feed: Feed }, guid: string) => ({
  feedUrl,
  guid,
  title: feed.title,
  language: feed.language,
  artworkUrl: feed.artworkUrl,
})

/** Two who follow the same show at once: the second hears that the first was quicker. */
const lockShows = (tx: Transaction, groupId: string) =>
  tx.select({ id: groups.id }).from(groups).where(eq(groups.id, groupId)).for('update')

async function findSame(tx: Transaction, groupId: string, guid: string, feedUrl: string, but?: string) {
  const [same] = await tx
    .select()
    .from(shows)
    .where(
      and(
        eq(shows.groupId, groupId),
        or(eq(shows.feedUrl, feedUrl), eq(shows.guid, guid)),
        but === undefined ? undefined : ne(shows.id, but),
      ),
    )
  return same
}

async function requireRoom(tx: Transaction, groupId: string): Promise<void> {
  const [followed] = await tx
    .select({ number: count() })
    .from(shows)
    .where(and(eq(shows.groupId, groupId), isNull(shows.stoppedAt)))
  if ((followed?.number ?? 0) >= MOST_SHOWS)
    throw new Refusal(
      'conflict',
      `This group follows ${MOST_SHOWS} shows, the most there can be. Stop following one first.`,
      'url',
    )
}

const alreadyFollowed = (title: string) =>
  new Refusal('conflict', `This group follows “${title}” already.`, 'url')
