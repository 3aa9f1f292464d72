import { loadSearch } from '#lib/search/load-search.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, url, parent }) => {
  const { visit } = await parent()
  needAccount(visit, url)
  return loadSearch(fetch, url)
}
