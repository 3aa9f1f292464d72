import { pageClient } from '#lib/api.ts'
import { offsetIn } from '#lib/audit/offset.ts'
import { needAdmin } from '#lib/organizations/need-admin.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  needAdmin((await parent()).organization)
  const offset = offsetIn(url)
  return { offset, ...(await pageClient(fetch).listOrganizationAudit({ params, query: { offset } })) }
}
