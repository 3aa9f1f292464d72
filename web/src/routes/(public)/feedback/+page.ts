import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:feedback')
  const account = needAccount((await parent()).visit, url)
  const api = pageClient(fetch)
  const [feedback, slips] = await Promise.all([api.listMyFeedback(), api.listWrittenSlips()])
  return { account, ...feedback, slips }
}
