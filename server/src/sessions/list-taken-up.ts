import { and, asc, eq, ne, or } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import type { TakenUp } from '#shared/questions.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Seat } from './guards.ts'
import { readQuestions } from './open-questions.ts'

/** Questions of threads that this session took up, or that were answered in it. */
export async function listTakenUp(house: House, { member, session }: Seat): Promise<TakenUp[]> {
  const found = await readQuestions(
    house.db,
    and(
      eq(threads.groupId, session.groupId),
      ne(threads.question, 'none'),
      or(eq(threads.plannedIn, session.id), eq(threads.answeredIn, session.id)),
    ),
    asc(threads.startedAt),
  )
  return found.map(({ thread, words }) => ({
    threadId: thread.id,
    episodeId: thread.episodeId,
    question: words,
    state: thread.question,
    mayLead: mayFacilitate(member) || thread.startedBy === member.account.id,
  }))
}
