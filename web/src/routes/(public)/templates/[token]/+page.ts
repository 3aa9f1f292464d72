import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const api = pageClient(fetch)
  const { visit } = await parent()
  const [shared, groups] = await Promise.all([
    api.readSharedTemplate({ params }),
    visit.account ? api.listMyGroups() : [],
  ])
  return { shared, mine: groups.filter(({ role }) => role !== 'member') }
}
