import { loadSession } from '#lib/sessions/load-session.ts'
import { loadSessionThreads } from '#lib/threads/load-session-threads.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:session')
  const { group } = await parent()
  const session = await loadSession(fetch, params.id, group)
  return { session, ...(await loadSessionThreads(fetch, group, session)) }
}
