import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

/** Of how many groups that somebody runs it is told how long the blocks took. */
const MOST_GROUPS = 5

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const api = pageClient(fetch)
  const { visit } = await parent()
  const [template, groups] = await Promise.all([
    api.getTemplate({ params }),
    visit.account ? api.listMyGroups() : [],
  ])
  const mine = groups.filter(({ role }) => role !== 'member')
  const times = await Promise.all(
    mine.slice(0, MOST_GROUPS).map(async ({ slug, name }) => ({
      name,
      times: await api.readBlockTimes({ params: { slug }, query: { templateId: params.id } }),
    })),
  )
  return { template, mine, times }
}
