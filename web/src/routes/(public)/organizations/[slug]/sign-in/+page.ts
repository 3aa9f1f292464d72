import { pageClient } from '#lib/api.ts'
import { needAdmin } from '#lib/organizations/need-admin.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:sso')
  needAdmin((await parent()).organization)
  return { sso: await pageClient(fetch).readSso({ params }) }
}
