import { error, redirect } from '@sveltejs/kit'
import { pageClient } from '#lib/api.ts'
import { pathOfThread } from '#shared/thread-links.ts'
import type { PageLoad } from './$types'

const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i

export const load: PageLoad = async ({ fetch, params }) => {
  const { slug, id } = params
  if (!UUID.test(id)) error(404, 'There is no such thread in this group.', { code: 'not-found' })
  const api = pageClient(fetch)
  const thread = await api.getThread({ params: { slug, threadId: id } })
  // A thread of an episode stands with the words that it is about.
  if (thread.episodeId !== null) redirect(307, pathOfThread(slug, thread))
  return { discussion: await api.getGroupDiscussion({ params: { slug }, query: { thread: id } }) }
}
