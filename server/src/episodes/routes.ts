import { episodeCalls as calls, LARGEST_DOCUMENT } from '#shared/episodes.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { addArtworkRoute, repeatArtwork } from './artworks.ts'
import { deleteEpisode } from './delete-episode.ts'
import { requireEpisode } from './guards.ts'
import { previewFeed, previewFeedItem } from './preview-feed.ts'
import { previewText } from './preview-text.ts'
import { getEpisode, listEpisodes } from './read-episode.ts'
import { saveEpisode } from './save-episode.ts'

/** A document as JSON, with its times and speakers, takes more room than as text. */
export const LARGEST_BODY = 4 * LARGEST_DOCUMENT

export function addEpisodeRoutes(house: House, app: App): void {
  addArtworkRoute(house, app)
  repeatArtwork(house)
  answer(house, app, calls.listEpisodes, requireMember, (member) => listEpisodes(house, member))
  answer(house, app, calls.getEpisode, requireEpisode, (reader) => getEpisode(house, reader))
  answer(
    house,
    app,
    calls.saveEpisode,
    requireMember,
    (member, { body }) => saveEpisode(house, member, body),
    { limit: [30, 600], bodyLimit: LARGEST_BODY },
  )
  answer(house, app, calls.deleteEpisode, requireEpisode, async (reader) => {
    await deleteEpisode(house, reader)
    return {}
  })

  answer(
    house,
    app,
    calls.previewText,
    requireMember,
    (_member, { body }) => previewText(body.text, body.fileName ?? ''),
    { limit: [60, 600], bodyLimit: LARGEST_BODY },
  )
  // Each of these makes our server fetch from somebody else's.
  const fetching = { limit: [30, 600] } as const
  const reach = { allow: house.config.feedNetworks }
  answer(
    house,
    app,
    calls.previewFeed,
    requireMember,
    (_member, { body }) => previewFeed(body.url, reach),
    fetching,
  )
  answer(
    house,
    app,
    calls.previewFeedItem,
    requireMember,
    (_member, { body }) => previewFeedItem(body.url, body.item, reach),
    fetching,
  )
}
