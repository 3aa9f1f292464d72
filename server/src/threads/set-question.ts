import { eq } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Question } from '#shared/threads.ts'
import type { EpisodeReader } from '../episodes/guards.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findThread } from './changes.ts'

/** Whoever started a thread, or a facilitator, says whether it is an open question. */
export function setQuestion(
  house: House,
  reader: EpisodeReader,
  threadId: string,
  question: Question,
): Promise<Question> {
  return changeRoom(house, reader.episode.id, async (tx, tell) => {
    const thread = await findThread(tx, reader, threadId)
    if (thread.startedBy !== reader.member.account.id && !mayFacilitate(reader.member))
      throw new Refusal('not-allowed', 'Only whoever started a thread, or a facilitator, can say this.')

    if (thread.question !== question) {
      await tx.update(threads).set({ question }).where(eq(threads.id, threadId))
      tell({ type: 'question-set', threadId, question })
    }
    return question
  })
}
