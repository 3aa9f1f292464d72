import { and, eq, isNotNull, notExists, notInArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/connect.ts'
import { attendances, ballots, blocks, experts, memberships, sessionGuests, sessions } from '#db/schema.ts'
import type { LiveEvent } from '#shared/live.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import type { TopicEvent } from '../topics/change-topics.ts'

/** Stored as they are told: ids and sums, no words. */
export type BallotEvent = Extract<
  LiveEvent,
  { type: 'vote-done' | 'votes-counted' | 'voting-reopened' | 'discussion-changed' }
>

/** A session under its lock. */
export type Balloting = {
  readonly tx: Transaction
  readonly tell: (event: BallotEvent | TopicEvent) => void
  readonly session: typeof sessions.$inferSelect
  readonly now: Date
}
export type BlockRow = typeof blocks.$inferSelect

export const blockTimer = ({ session }: Balloting) => ({
  endsAt: session.timerEndsAt?.toISOString() ?? null,
  left: session.timerLeft,
})

export const blockLeft = (balloting: Balloting): number | null =>
  secondsLeft(blockTimer(balloting), balloting.now.getTime())

/** Who was taken out of the group, or off the list of guests, is neither waited for nor counted. */
function stillThere(tx: Transaction, session: { id: string; groupId: string }, accountId: PgColumn) {
  const one = { one: sql`1` }
  return and(
    notExists(
      tx
        .select(one)
        .from(memberships)
        .where(
          and(
            eq(memberships.groupId, session.groupId),
            eq(memberships.accountId, accountId),
            notInArray(memberships.status, ['active', 'requested', 'waitlisted', 'invited']),
          ),
        ),
    ),
    notExists(
      tx
        .select(one)
        .from(sessionGuests)
        .where(
          and(
            eq(sessionGuests.sessionId, session.id),
            eq(sessionGuests.accountId, accountId),
            isNotNull(sessionGuests.removedAt),
          ),
        ),
    ),
    notExists(
      tx
        .select(one)
        .from(experts)
        .where(
          and(eq(experts.sessionId, session.id), eq(experts.seatId, accountId), isNotNull(experts.revokedAt)),
        ),
    ),
  )
}

/** Everybody there who has a screen; the facilitator only once they took part themselves. */
export async function readWaited({ tx, session }: Balloting, done: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .where(
      and(
        eq(attendances.sessionId, session.id),
        eq(attendances.noticed, 'room'),
        stillThere(tx, session, attendances.accountId),
      ),
    )
  return rows
    .map(({ accountId }) => accountId)
    .filter((id) => id !== session.facilitatorId || done.includes(id))
}

export const readCast = ({ tx, session }: Balloting, blockId: string) =>
  tx
    .select()
    .from(ballots)
    .where(and(eq(ballots.blockId, blockId), stillThere(tx, session, ballots.accountId)))

/** Whether anybody chose anything, or said that they are done. */
export const hasVoted = ({ dots, step, done }: typeof ballots.$inferSelect): boolean =>
  dots.length > 0 || step !== null || done !== null
