import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

/** With `?again=`, an episode that is there is imported again. */
export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  requireOpen((await parent()).group)
  const episodeId = url.searchParams.get('again')
  if (!episodeId) return { again: undefined }
  const call = { params: { slug: params.slug, episodeId } }
  const [episode, { threads }] = await Promise.all([
    pageClient(fetch).getEpisode(call),
    pageClient(fetch).getDiscussion(call),
  ])
  return { again: { episode, threads } }
}
