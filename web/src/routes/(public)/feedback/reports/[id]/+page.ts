import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, params, depends }) => {
  depends('shortside:report')
  const account = needAccount((await parent()).visit, url)
  const api = pageClient(fetch)
  const [report, skills] = await Promise.all([
    api.readReport({ params: { reportId: params.id } }),
    api.listMySkills(),
  ])
  return { account, report, skills }
}
