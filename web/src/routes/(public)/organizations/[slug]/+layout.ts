import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ fetch, params, parent, url, depends }) => {
  depends('shortside:organization')
  const account = needAccount((await parent()).visit, url)
  return { account, organization: await pageClient(fetch).getOrganization({ params }) }
}
