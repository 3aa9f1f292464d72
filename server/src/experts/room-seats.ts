import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { codeGuests, experts, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import type { House } from '../house.ts'
import { endSignIns } from '../sign-in/mail-links.ts'

/**
 * Who may sit in the live room of which session without being in its group: guests with a place, experts who said yes, and
 * guests who came by code.
 */
export async function findRoomSeats(
  reader: Reader,
  accountIds: string[],
  sessionIds: string[],
): Promise<{ accountId: string; roomId: string }[]> {
  if (accountIds.length === 0 || sessionIds.length === 0) return []
  const guests = await reader
    .select({ accountId: sessionGuests.accountId, roomId: sessionGuests.sessionId })
    .from(sessionGuests)
    .innerJoin(
      rsvps,
      and(eq(rsvps.sessionId, sessionGuests.sessionId), eq(rsvps.accountId, sessionGuests.accountId)),
    )
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .where(
      and(
        inArray(sessionGuests.accountId, accountIds),
        inArray(sessionGuests.sessionId, sessionIds),
        isNull(sessionGuests.removedAt),
        eq(rsvps.answer, 'coming'),
        eq(sessions.status, 'live'),
      ),
    )
  const invited = await reader
    .select({ accountId: experts.seatId, roomId: experts.sessionId })
    .from(experts)
    .innerJoin(sessions, eq(sessions.id, experts.sessionId))
    .where(
      and(
        inArray(experts.seatId, accountIds),
        inArray(experts.sessionId, sessionIds),
        isNull(experts.revokedAt),
        eq(experts.answer, 'accepted'),
        eq(sessions.status, 'live'),
      ),
    )
  const byCode = await reader
    .select({ accountId: codeGuests.accountId, roomId: codeGuests.sessionId })
    .from(codeGuests)
    .innerJoin(sessions, eq(sessions.id, codeGuests.sessionId))
    .where(
      and(
        inArray(codeGuests.accountId, accountIds),
        inArray(codeGuests.sessionId, sessionIds),
        isNull(codeGuests.removedAt),
        eq(sessions.status, 'live'),
      ),
    )
  return [
    ...guests,
    ...byCode,
    ...invited.flatMap(({ accountId, roomId }) => (accountId === null ? [] : [{ accountId, roomId }])),
  ]
}

/** The session is over: nobody sits in its room any more who is not in the group. */
export async function endExpertSeats(house: House, tx: Transaction, sessionId: string): Promise<void> {
  const seats = await tx
    .select({ seatId: experts.seatId })
    .from(experts)
    .where(eq(experts.sessionId, sessionId))
  for (const { seatId } of seats) if (seatId !== null) await endSignIns(house, tx, seatId)
}

/** The same for guests who came by code without an account: their seat opens nothing any more. */
export async function endCodeSeats(house: House, tx: Transaction, sessionId: string): Promise<void> {
  const seats = await tx
    .select({ accountId: codeGuests.accountId })
    .from(codeGuests)
    .where(and(eq(codeGuests.sessionId, sessionId), eq(codeGuests.seatOnly, true)))
  for (const { accountId } of seats) await endSignIns(house, tx, accountId)
}
