import { expect } from 'vitest'
import { applyDiscussionEvent, type DiscussionEvent } from '#shared/discussion.ts'
import type { Discussion } from '#shared/threads.ts'
import type { Heard, TestPerson } from './house.ts'

/** The old state and every event since, folded as a page does it. */
export function fold(old: Discussion, news: Heard): Discussion {
  return news.frames.reduce(
    (state, frame) =>
      frame.type === 'news' && frame.number > state.position.number
        ? applyDiscussionEvent(state, frame.event as DiscussionEvent, frame.number)
        : state,
    old,
  )
}

/** People who read along: what they saw, folded with what they heard, is what a page that is loaded now shows. */
export async function readAlong(
  people: TestPerson[],
  load: (one: TestPerson) => Promise<Discussion>,
  roomId: string,
) {
  const readers = await Promise.all(
    people.map(async (one) => {
      const before = await load(one)
      return { one, before, news: await one.follow(roomId, before.position) }
    }),
  )
  return {
    /** Waits until everybody heard everything that is in the log by now. */
    agree: async (): Promise<Discussion> => {
      const seen = await Promise.all(
        readers.map(async ({ one, before, news }) => {
          const fresh = await load(one)
          await expect
            .poll(() => fold(before, news).position.number, { timeout: 10_000 })
            .toBe(fresh.position.number)
          expect(fold(before, news)).toEqual(fresh)
          return fresh
        }),
      )
      return seen[0] ?? expect.fail('nobody reads along')
    },
    heardBy: (who: TestPerson) => Promise.resolve(readers.find(({ one }) => one === who)?.news.frames),
  }
}
