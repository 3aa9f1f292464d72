import { page } from '$app/state'
import { client } from '#lib/api.ts'
import { dropDraftsOf } from '#lib/threads/drafts.ts'
import type { Visit } from '#shared/sign-in.ts'

/**
 * What was begun here and not sent goes: somebody else may sit here next. The page is loaded anew, so that nothing of the
 * person who left stays in its memory.
 */
export async function signOut(): Promise<void> {
  const { visit } = page.data as { visit?: Visit }
  const accountId = visit?.account?.id
  await client().signOut()
  if (accountId) dropDraftsOf(accountId)
  location.assign('/')
}
