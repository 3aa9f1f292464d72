import { lt } from 'drizzle-orm'
import { goOns } from '#db/schema.ts'
import { keepDeadline } from '../ballots/settle-deadline.ts'
import { hearGoOn, readDiscussion } from '../ballots/take-topics.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findDiscussion } from './discuss-topic.ts'

type Said = { topicId: string; extended: number; revision: number; goOn: boolean }

/** Whether somebody wants to go on. An answer that comes after it was decided changes nothing. */
export function sayGoOn(
  house: House,
  seat: Seat,
  blockId: string,
  { topicId, extended, revision, goOn }: Said,
): Promise<Record<string, never>> {
  return changeLiveSession(house, seat, async (change) => {
    const { tx, session } = change
    const block = await findDiscussion(change, blockId)
    const before = await readDiscussion(change, blockId)
    if (!before?.asking || before.topicId !== topicId || before.extended !== extended) return {}
    await arrive(change, seat)
    const accountId = seat.member.account.id
    const [said] = await tx
      .insert(goOns)
      .values({ blockId, groupId: session.groupId, accountId, goOn, revision })
      .onConflictDoUpdate({
        target: [goOns.blockId, goOns.accountId],
        set: { goOn, revision },
        setWhere: lt(goOns.revision, revision),
      })
      .returning()
    if (!said || before.answered.includes(accountId)) return {}
    await hearGoOn(change, block)
    await keepDeadline(change)
    return {}
  })
}
