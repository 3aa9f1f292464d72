import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ params, fetch, depends }) => {
  depends('shortside:rounds')
  return { rounds: await pageClient(fetch).listGroupRounds({ params }) }
}
