import { goOnWhenIn } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url }) => {
  goOnWhenIn((await parent()).visit, url)
}
