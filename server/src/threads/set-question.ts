import { eq } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Question } from '#shared/threads.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findThread } from './changes.ts'
import type { ThreadReader } from './guards.ts'

/** Whoever started a thread, or a facilitator, says whether it is an open question. */
export function setQuestion(house: House, reader: ThreadReader, question: Question): Promise<Question> {
  return changeRoom(house, reader.roomId, async (tx, tell) => {
    const thread = await findThread(tx, reader)
    if (thread.startedBy !== reader.member.account.id && !mayFacilitate(reader.member))
      throw new Refusal('not-allowed', 'Only whoever started a thread, or a facilitator, can say this.')

    if (thread.question !== question) {
      await tx
        .update(threads)
        .set({ question, plannedIn: null, answeredIn: null, answeredBy: null })
        .where(eq(threads.id, thread.id))
      tell({ type: 'question-set', threadId: thread.id })
    }
    return question
  })
}
