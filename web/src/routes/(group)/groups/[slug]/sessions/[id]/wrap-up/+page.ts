import { pageClient } from '#lib/api.ts'
import { loadSession } from '#lib/sessions/load-session.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  const session = await loadSession(fetch, params.id, group)
  if (session.status !== 'wrapped-up') return { session, wrapUp: undefined, stays: [] }
  const api = pageClient(fetch)
  const of = { params: { sessionId: session.id } }
  const [wrapUp, stays] = await Promise.all([api.getWrapUp(of), api.listWhatStays(of)])
  return { session, wrapUp, stays }
}
