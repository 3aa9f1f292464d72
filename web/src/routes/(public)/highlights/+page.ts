import { pageClient } from '#lib/api.ts'
import { needAccount } from '#lib/sign-in/need-account.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ parent, url, fetch, depends }) => {
  depends('shortside:highlights')
  needAccount((await parent()).visit, url)
  const asked = Number(url.searchParams.get('page'))
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 10_000 ? asked : 1
  return { page, ...(await pageClient(fetch).listMyHighlights({ query: { page } })) }
}
