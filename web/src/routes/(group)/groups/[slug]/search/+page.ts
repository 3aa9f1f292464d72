import { loadSearch } from '#lib/search/load-search.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, url, params, parent }) => {
  await parent()
  return loadSearch(fetch, url, params.slug)
}
