import { LRUCache } from 'lru-cache'
import type { Position } from '#shared/rooms.ts'
import type { Thread } from '#shared/threads.ts'

/**
 * Threads as they stand in their log, kept for a moment: a page is opened by many at once. Every change of a thread counts
 * its log up (rooms/change-room.ts), so what is kept belongs to one number and is never older than that. Only names are
 * not in the log: whoever changes one clears what this process keeps, and the others hear of it these milliseconds later.
 */
const KEPT = 3_000
/** Characters, about. */
const MOST_KEPT = 32_000_000

export type Kept = {
  find: (threadId: string, position: Position) => Thread | undefined
  keep: (thread: Thread, position: Position) => void
  clear: () => void
}

export function keepForAMoment(): Kept {
  const kept = new LRUCache<string, Thread>({ ttl: KEPT, maxSize: MOST_KEPT, sizeCalculation: sizeOf })
  const key = (id: string, { epoch, number }: Position) => `${id} ${epoch} ${number}`
  return {
    find: (id, position) => kept.get(key(id, position)),
    keep: (thread, position) => void kept.set(key(thread.id, position), thread),
    clear: () => kept.clear(),
  }
}

const sizeOf = ({ posts }: Thread): number =>
  posts.reduce((size, { body, html }) => size + body.length + html.length + 500, 500)
