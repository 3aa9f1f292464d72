import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:group')
  const api = pageClient(fetch)
  const group = await api.getPublicGroup({ params })
  const inside = group.mine?.status === 'active' ? await api.getGroup({ params }) : null
  return { group, inside }
}
