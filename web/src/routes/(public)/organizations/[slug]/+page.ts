import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const api = pageClient(fetch)
  const { organization } = await parent()
  const [groups, waiting] = await Promise.all([
    api.listInternalGroups({ params }),
    organization.role === 'admin' ? api.listWaitingGroups({ params }) : [],
  ])
  return { groups, waiting }
}
