import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:show')
  return { show: await pageClient(fetch).getShow({ params: { slug: params.slug, showId: params.id } }) }
}
