import { loadSession } from '#lib/sessions/load-session.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:session')
  const { group } = await parent()
  return { session: await loadSession(fetch, params.id, group) }
}
