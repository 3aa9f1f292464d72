import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:goals')
  needAccount((await parent()).visit, url)
  const api = pageClient(fetch)
  const [goals, skills] = await Promise.all([api.listMyGoals(), api.listMySkills()])
  return { goals, skills }
}
