import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, parent, url, depends }) => {
  depends('shortside:reports')
  needAccount((await parent()).visit, url)
  return { queue: await pageClient(fetch).listOperatorReports() }
}
