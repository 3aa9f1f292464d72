import { pageClient } from '#lib/api.ts'
import { loadSession } from '#lib/sessions/load-session.ts'
import type { PageLoad } from './$types'

export const load: PageLoad = async ({ fetch, params, parent }) => {
  const { group } = await parent()
  const session = await loadSession(fetch, params.id, group)
  return { session, tables: await pageClient(fetch).readTables({ params: { sessionId: session.id } }) }
}
