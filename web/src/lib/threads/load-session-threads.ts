import { pageClient } from '#lib/api.ts'
import type { Group } from '#shared/groups.ts'
import type { TakenUp } from '#shared/questions.ts'
import type { Discussion } from '#shared/threads.ts'

/** For `load` of the pages of a session: what is said about it, and the questions that it took up. */
export async function loadSessionThreads(
  fetcher: typeof fetch,
  { slug }: Pick<Group, 'slug'>,
  { id }: { id: string },
): Promise<{ discussion: Discussion; takenUp: TakenUp[] }> {
  const api = pageClient(fetcher)
  const [discussion, takenUp] = await Promise.all([
    api.getGroupDiscussion({ params: { slug }, query: { session: id } }),
    api.listTakenUp({ params: { sessionId: id } }),
  ])
  return { discussion, takenUp }
}
