import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url }) => ({
  account: needAccount((await parent()).visit, url),
})
