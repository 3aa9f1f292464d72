import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  requireOpen((await parent()).group)
  const call = { params: { slug: params.slug, episodeId: params.id } }
  // Where the log stands comes first: a change between the two is then heard, and not missed.
  const discussion = await pageClient(fetch).getDiscussion(call)
  const episode = await pageClient(fetch).getEpisode(call)
  return { episode, discussion }
}
