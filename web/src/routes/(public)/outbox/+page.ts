import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:outbox')
  needAccount((await parent()).visit, url)
  return { mails: await pageClient(fetch).listOutbox() }
}
