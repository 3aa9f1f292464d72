import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:commitments')
  const account = needAccount((await parent()).visit, url)
  const api = pageClient(fetch)
  const [commitments, witnessing] = await Promise.all([api.listMyCommitments(), api.listWitnessing()])
  return { account, commitments, witnessing }
}
