import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:group')
  const api = pageClient(fetch)
  const [group, page] = await Promise.all([api.getPublicGroup({ params }), api.readSessionPage({ params })])
  return { group, page }
}
