import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { offsetIn } from '#lib/audit/offset.ts'
import { Refusal } from '#shared/refusals.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, url }) => {
  const { group } = await parent()
  const { status, code, message } = new Refusal('not-allowed')
  if (group.role !== 'organizer') error(status, message, { code })
  const offset = offsetIn(url)
  return { offset, ...(await pageClient(fetch).listGroupAudit({ params, query: { offset } })) }
}
