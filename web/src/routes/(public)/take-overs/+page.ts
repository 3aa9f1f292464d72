import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:take-overs')
  needAccount((await parent()).visit, url)
  return { takeOvers: await pageClient(fetch).listTakeOvers() }
}
