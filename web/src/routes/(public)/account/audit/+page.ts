import { pageClient } from '#lib/api.ts'
import { offsetIn } from '#lib/audit/offset.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, url }) => {
  const account = needAccount((await parent()).visit, url)
  const offset = offsetIn(url)
  return { account, offset, ...(await pageClient(fetch).listMyAudit({ query: { offset } })) }
}
