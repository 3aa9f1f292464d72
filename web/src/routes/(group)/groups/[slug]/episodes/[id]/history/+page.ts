import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params }) => {
  const call = { params: { slug: params.slug, episodeId: params.id } }
  const [episode, history] = await Promise.all([
    pageClient(fetch).getEpisode(call),
    pageClient(fetch).getTranscriptHistory({ ...call, query: {} }),
  ])
  const { id, title } = episode
  return { episode: { id, title }, history }
}
