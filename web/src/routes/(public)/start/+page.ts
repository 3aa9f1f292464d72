import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent }) => {
  const { visit } = await parent()
  const api = pageClient(fetch)
  const [programmes, organizations] = await Promise.all([
    api.listProgrammes(),
    visit.account ? api.listMyOrganizations() : [],
  ])
  return { programmes, organizations }
}
