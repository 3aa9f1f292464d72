import type { House } from '../house.ts'
import { hasOpened } from './answer-first.ts'
import { findThread, readUpTo } from './changes.ts'
import type { ThreadReader } from './guards.ts'

/** How far somebody has read is theirs alone: the room hears nothing of it. */
export function markRead(house: House, reader: ThreadReader, number: number): Promise<number> {
  return house.db.transaction(async (tx) => {
    const thread = await findThread(tx, reader)
    const { id } = reader.member.account
    const last = (await hasOpened(tx, thread, id)) ? thread.lastNumber : 1
    return readUpTo(tx, id, thread.groupId, thread.id, Math.min(number, last))
  })
}
