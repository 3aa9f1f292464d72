import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:shows')
  return { shows: await pageClient(fetch).listShows({ params: { slug: params.slug } }) }
}
