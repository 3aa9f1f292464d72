import type { EpisodeReader } from '../episodes/guards.ts'
import type { House } from '../house.ts'
import { findThread, readUpTo } from './changes.ts'

/** How far somebody has read is theirs alone: the room hears nothing of it. */
export function markRead(
  house: House,
  reader: EpisodeReader,
  threadId: string,
  number: number,
): Promise<number> {
  return house.db.transaction(async (tx) => {
    const { lastNumber } = await findThread(tx, reader, threadId)
    const { member, episode } = reader
    return readUpTo(tx, member.account.id, episode.groupId, threadId, Math.min(number, lastNumber))
  })
}
