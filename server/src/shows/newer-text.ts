import { and, eq, isNull } from 'drizzle-orm'
import { episodes, importedItems, showItems, shows } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { EpisodeOrigin } from '#shared/shows.ts'
import { mayChange, type EpisodeReader } from '../episodes/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { ItemReader } from './guards.ts'

/** The show that an episode came from while it is followed, and whether its feed has a newer text. */
export async function readOrigin(house: House, { episode }: EpisodeReader): Promise<EpisodeOrigin | null> {
  const [found] = await house.db
    .select({ show: shows, item: showItems, mark: importedItems.mark })
    .from(importedItems)
    .innerJoin(showItems, eq(showItems.id, importedItems.itemId))
    .innerJoin(shows, eq(shows.id, showItems.showId))
    .where(
      and(
        eq(importedItems.groupId, episode.groupId),
        eq(importedItems.episodeId, episode.id),
        isNull(shows.stoppedAt),
      ),
    )
  if (!found) return null
  const { show, item, mark } = found
  return {
    showId: show.id,
    showTitle: show.title,
    itemId: item.id,
    newerMark: item.mark === mark ? null : item.mark,
  }
}

/** The newer text was looked at: taken, or left where it is. The feed may have an even newer one since. */
export async function settleText(house: House, { member, item }: ItemReader, mark: string): Promise<void> {
  requireOpenGroup(member.group)
  const [found] = await house.db
    .select({ episode: episodes })
    .from(importedItems)
    .innerJoin(episodes, eq(episodes.id, importedItems.episodeId))
    .where(eq(importedItems.itemId, item.id))
  if (!found) throw new Refusal('not-found')
  if (!mayChange(member, found.episode))
    throw new Refusal(
      'not-allowed',
      'Only whoever imported an episode, or a facilitator, decides about its text.',
    )
  await house.db.update(importedItems).set({ mark }).where(eq(importedItems.itemId, item.id))
}
