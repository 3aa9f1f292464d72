import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

/** With `?again=`, an episode that is there is imported again; with `?show=&item=`, from an item of a show. */
export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  requireOpen((await parent()).group)
  const episodeId = url.searchParams.get('again')
  const [showId, itemId] = [url.searchParams.get('show'), url.searchParams.get('item')]
  const from = showId && itemId ? { slug: params.slug, showId, itemId } : undefined
  if (!episodeId) return { again: undefined, from }
  const call = { params: { slug: params.slug, episodeId } }
  const [episode, { threads }, { corrections }] = await Promise.all([
    pageClient(fetch).getEpisode(call),
    pageClient(fetch).getDiscussion(call),
    pageClient(fetch).getCorrections(call),
  ])
  return { from, again: { episode, threads, corrections } }
}
