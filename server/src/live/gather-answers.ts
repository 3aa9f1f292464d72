import { Refusal } from '#shared/refusals.ts'
import type { Gathering } from '#shared/topics.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { dropEmpty, findRevealed, findTopic, insertTopics, moveAnswers } from '../topics/change-topics.ts'
import { changeLiveSession } from './change-session-room.ts'
import { onOneLine } from './rename-topic.ts'
import { requireGrouper } from './require-grouper.ts'

/**
 * Puts revealed answers into a topic. Each goes only from where the caller saw it, so of two people who move the same one at
 * once the second hears of the first, and no answer is ever in two topics or in none that anybody sees.
 */
export function gatherAnswers(
  house: House,
  seat: Seat,
  topicId: string,
  { blockId, title, answers }: Gathering,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    await requireGrouper(change, seat, blockId)
    const ids = [...new Set(answers.map(({ id }) => id))]
    const found = await findRevealed(change, blockId, ids)
    if (found.length < ids.length)
      throw new Refusal('not-found', 'This answer is not there any more, or was not revealed.')
    const moving = found.filter((answer) => answer.topicId !== topicId)
    if (moving.length === 0) return {}
    const seen = new Map(answers.map(({ id, from }) => [id, from]))
    if (moving.some((answer) => answer.topicId !== seen.get(answer.id)))
      throw new Refusal('conflict', 'Somebody moved this at the same moment. Look where it is now.')
    const topic = await findTopic(change, topicId)
    if (topic && topic.blockId !== blockId)
      throw new Refusal('conflict', 'Only answers of one block can be put together.')
    if (!topic) await insertTopics(change, [{ id: topicId, blockId, title: onOneLine(title) }])
    const left = [...new Set(moving.flatMap((answer) => answer.topicId ?? []))]
    await moveAnswers(
      change,
      moving.map(({ id }) => id),
      topicId,
    )
    await dropEmpty(change, left)
    change.tell({ type: 'topics-changed', topicIds: [topicId, ...left] })
    return {}
  })
}
