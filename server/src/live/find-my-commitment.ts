import { and, eq, sql } from 'drizzle-orm'
import { commitments, roomEvents } from '#db/schema.ts'
import type { Seat } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'

/** Only mine, only of this session. */
export async function findMyCommitment(
  { tx, session }: Change,
  { member }: Seat,
  commitmentId: string,
): Promise<typeof commitments.$inferSelect | undefined> {
  const [mine] = await tx
    .select()
    .from(commitments)
    .where(
      and(
        eq(commitments.id, commitmentId),
        eq(commitments.sessionId, session.id),
        eq(commitments.accountId, member.account.id),
      ),
    )
  return mine
}

/** A promise that was taken back stays so, also when its making comes again late. */
export async function wasWithdrawn({ tx, session }: Change, commitmentId: string): Promise<boolean> {
  const [withdrawn] = await tx
    .select({ number: roomEvents.number })
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, session.id),
        sql`${roomEvents.event} ->> 'type' = 'commitment-withdrawn'`,
        sql`${roomEvents.event} ->> 'commitmentId' = ${commitmentId}`,
      ),
    )
    .limit(1)
  return withdrawn !== undefined
}
