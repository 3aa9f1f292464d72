import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:announcements')
  return pageClient(fetch).listAnnouncements({ params: { slug: params.slug } })
}
