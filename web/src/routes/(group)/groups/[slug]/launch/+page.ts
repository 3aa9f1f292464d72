import { pageClient } from '#lib/api.ts'
import { requireOpen } from '#lib/endings/require-open.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:invites')
  requireOpen((await parent()).group)
  const api = pageClient(fetch)
  const [invites, steps] = await Promise.all([api.listInvites({ params }), api.listLaunchSteps({ params })])
  return { invites, steps }
}
