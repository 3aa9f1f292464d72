import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const api = pageClient(fetch)
  const { visit } = await parent()
  const [template, groups] = await Promise.all([
    api.getTemplate({ params }),
    visit.account ? api.listMyGroups() : [],
  ])
  return { template, mine: groups.filter(({ role }) => role !== 'member') }
}
