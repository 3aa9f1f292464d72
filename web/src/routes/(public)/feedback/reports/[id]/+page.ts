import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, params, depends }) => {
  depends('shortside:report')
  const account = needAccount((await parent()).visit, url)
  return { account, report: await pageClient(fetch).readReport({ params: { reportId: params.id } }) }
}
