import { pageClient } from '#lib/api.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, depends }) => {
  depends('shortside:invites')
  const api = pageClient(fetch)
  const [invites, steps] = await Promise.all([api.listInvites({ params }), api.listLaunchSteps({ params })])
  return { invites, steps }
}
