import { pageClient } from '#lib/api.ts'
import { loadSession } from '#lib/sessions/load-session.ts'
import { loadSessionThreads } from '#lib/threads/load-session-threads.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent, depends }) => {
  depends('shortside:session')
  const { group } = await parent()
  const session = await loadSession(fetch, params.id, group)
  if (session.status !== 'wrapped-up') return { session, wrapUp: undefined, stays: [], threads: undefined }
  const api = pageClient(fetch)
  const of = { params: { sessionId: session.id } }
  const [wrapUp, stays, threads] = await Promise.all([
    api.getWrapUp(of),
    api.listWhatStays(of),
    loadSessionThreads(fetch, group, session),
  ])
  return { session, wrapUp, stays, threads }
}
