import { error } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import type { Group } from '#shared/groups.ts'
import type { Session } from '#shared/sessions.ts'

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i

/** For `load` of the pages of one session. An address that names another group's session leads nowhere. */
export async function loadSession(
  fetcher: typeof fetch,
  id: string,
  group: Pick<Group, 'id'>,
): Promise<Session> {
  const session = UUID.test(id)
    ? await pageClient(fetcher).getSession({ params: { sessionId: id } })
    : undefined
  if (session?.groupId !== group.id)
    error(404, 'There is no such session in this group.', { code: 'not-found' })
  return session
}
