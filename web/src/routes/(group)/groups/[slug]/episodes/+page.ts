import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:episodes')
  const [episodes, shows] = await Promise.all([
    pageClient(fetch).listEpisodes({ params: { slug: params.slug } }),
    pageClient(fetch).listShows({ params: { slug: params.slug } }),
  ])
  return { episodes, shows }
}
