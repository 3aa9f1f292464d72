import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:episodes')
  return { episodes: await pageClient(fetch).listEpisodes({ params: { slug: params.slug } }) }
}
