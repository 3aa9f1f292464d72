import { pageClient } from '#lib/api.ts'
import type { LayoutLoad } from './$types'

export const load: LayoutLoad = async ({ fetch, depends }) => {
  depends('shortside:visit')
  return { visit: await pageClient(fetch).visit() }
}
