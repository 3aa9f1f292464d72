import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:rota')
  return { rota: await pageClient(fetch).readRota({ params: { slug: params.slug } }) }
}
