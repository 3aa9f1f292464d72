import { eq } from 'drizzle-orm'
import { importedItems, showItems } from '#db/schema.ts'
import type { EpisodeDraft, EpisodeSummary } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { ItemPreview } from '#shared/shows.ts'
import type { FeedEntry } from '../episodes/feed.ts'
import { previewEntry } from '../episodes/preview-entry.ts'
import { saveEpisode } from '../episodes/save-episode.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { ItemReader } from './guards.ts'

/** What an item would be as an episode, from what is known of it: it need not be in the feed any more. */
export async function previewItem(house: House, { show, item }: ItemReader): Promise<ItemPreview> {
  const entry = item.entry as FeedEntry
  const preview = await previewEntry(entry, show, { allow: house.config.feedNetworks })
  return { preview, mark: item.mark, showTitle: show.title }
}

/** Makes an episode of an item, as somebody put it right, or as the feed has it. */
export async function importItem(
  house: House,
  reader: ItemReader,
  {
    id,
    episode,
    mark,
  }: { id: string; episode?: Omit<EpisodeDraft, 'id'> | undefined; mark?: string | undefined },
): Promise<EpisodeSummary> {
  const { member, item } = reader
  requireOpenGroup(member.group)
  const [before] = await house.db.select().from(importedItems).where(eq(importedItems.itemId, item.id))
  if (before && before.episodeId !== id) throw isEpisode()
  const draft = episode ?? (await asDraft(house, reader))
  return saveEpisode(house, member, { ...draft, id }, async (tx) => {
    const [added] = await tx
      .insert(importedItems)
      .values({ groupId: item.groupId, episodeId: id, itemId: item.id, mark: mark ?? item.mark })
      .onConflictDoNothing()
      .returning({ itemId: importedItems.itemId })
    if (!added) throw isEpisode()
    await tx.update(showItems).set({ dismissedAt: null }).where(eq(showItems.id, item.id))
  })
}

async function asDraft(house: House, reader: ItemReader): Promise<Omit<EpisodeDraft, 'id'>> {
  const { problems: _problems, ...draft } = (await previewItem(house, reader)).preview
  return draft
}

const isEpisode = () =>
  new Refusal('conflict', 'Somebody made an episode of it already. Reload the page to open it.')
