import { and, eq, ne, sql } from 'drizzle-orm'
import { attendances } from '#db/schema.ts'
import { settleGoRound } from '../go-rounds/settle-go-round.ts'
import { settleCurrent } from '../pods/settle-pods.ts'
import { countTurns } from '../sessions/count-turns.ts'
import type { Seat } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'

/** Whoever does something in the room was there, also when their page never said that it entered. */
export async function arrive(change: Change, { member }: Seat): Promise<void> {
  const { tx, tell, session, now } = change
  const accountId = member.account.id
  const [arrived] = await tx
    .insert(attendances)
    .values({ groupId: session.groupId, sessionId: session.id, accountId, noticed: 'room', arrivedAt: now })
    .onConflictDoUpdate({
      target: [attendances.sessionId, attendances.accountId],
      set: {
        noticed: 'room',
        noticedBefore: sql`nullif(${attendances.noticed}, 'phone')`,
        cameWith: null,
        arrivedAt: now,
      },
      setWhere: ne(attendances.noticed, 'room'),
    })
    .returning({ accountId: attendances.accountId })
  if (!arrived) return
  // Who came with this phone before it was gone is there on their own.
  await tx
    .update(attendances)
    .set({ cameWith: null })
    .where(and(eq(attendances.sessionId, session.id), eq(attendances.cameWith, accountId)))
  const spoken = await countTurns(tx, session.id, accountId)
  tell({ type: 'entered', accountId, at: now.toISOString(), spoken })
  await settleCurrent(change, accountId)
  await settleGoRound(change)
}
