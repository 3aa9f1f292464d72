import { and, eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
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
