import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:following')
  const api = pageClient(fetch)
  const inGroup = { params: { slug: params.slug } }
  const [following, { muted }] = await Promise.all([
    api.getFollowing(inGroup),
    api.listAnnouncements(inGroup),
  ])
  return { following, muted }
}
