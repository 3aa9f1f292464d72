import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, url }) => {
  needAccount((await parent()).visit, url)
  const { open, groups, accounts } = await pageClient(fetch).listOperatorReports()
  return { waiting: open.length, suspended: groups.length + accounts.length }
}
