import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, untrack, url }) => {
  const { visit } = await parent()
  untrack(() => needAccount(visit, url))
  return { room: await pageClient(fetch).getRoom({ params }) }
}
