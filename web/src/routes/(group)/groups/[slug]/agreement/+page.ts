import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:agreement')
  return { agreement: await pageClient(fetch).readAgreement({ params: { slug: params.slug } }) }
}
