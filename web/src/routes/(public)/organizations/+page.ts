import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, url }) => {
  needAccount((await parent()).visit, url)
  return { organizations: await pageClient(fetch).listMyOrganizations() }
}
