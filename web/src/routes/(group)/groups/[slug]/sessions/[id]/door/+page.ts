import { pageClient } from '#lib/api.ts'
import { loadSession } from '#lib/sessions/load-session.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  const session = await loadSession(fetch, params.id, group)
  const api = pageClient(fetch)
  const of = { params: { sessionId: session.id } }
  return { session, door: await api.readDoor(of), links: await api.listDoorLinks(of) }
}
