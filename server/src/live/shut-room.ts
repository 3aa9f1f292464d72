import { and, eq, isNull } from 'drizzle-orm'
import { attendances, blocks, leads, sessions, turns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { endCodeSeats } from '../experts/room-seats.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeSessionRoom, type Change } from './change-session-room.ts'

/**
 * The door was opened too early: as long as no block began, it is shut again and nobody was there yet. Nobody is mailed. The code
 * stays the session's: somebody may have it from a board by now.
 */
export function shutRoom(house: House, chair: Chair): Promise<Record<string, never>> {
  return changeSessionRoom(house, chair, async (change) => {
    const { tx, tell, session } = change
    switch (session.status) {
      case 'scheduled':
        return {}
      case 'wrapped-up':
        throw new Refusal('conflict', 'This session is over. What stays of it is on its wrap-up page.')
      case 'cancelled':
        throw new Refusal('conflict', 'This session was cancelled.')
      case 'live':
        break
    }
    await requireNotBegun(change)
    await tx.update(sessions).set({ status: 'scheduled', openedAt: null }).where(eq(sessions.id, session.id))
    await tx
      .update(turns)
      .set({ endedAt: change.now })
      .where(and(eq(turns.sessionId, session.id), isNull(turns.endedAt)))
    const staying = await undoArrivals(change)
    await tx.delete(leads).where(eq(leads.sessionId, session.id))
    await endCodeSeats(house, tx, session.id)
    tell({ type: 'room-shut', staying })
    return {}
  })
}

async function requireNotBegun({ tx, session }: Change): Promise<void> {
  const plan = await tx.select().from(blocks).where(eq(blocks.sessionId, session.id))
  if (plan.some(({ startedAt }) => startedAt !== null))
    throw new Refusal(
      'conflict',
      'The session has begun, so the room stays open. Close the session when it is over.',
    )
}

/** Whoever only opened the page was not there; who was noticed at the door or by the facilitator was. */
async function undoArrivals({ tx, session }: Change): Promise<string[]> {
  const ofSession = eq(attendances.sessionId, session.id)
  const there = await tx.select().from(attendances).where(ofSession)
  await tx.update(attendances).set({ alsoHere: 0, cameWith: null }).where(ofSession)
  await tx.delete(attendances).where(and(ofSession, eq(attendances.noticed, 'phone')))
  for (const { accountId, noticed, noticedBefore } of there) {
    const one = and(ofSession, eq(attendances.accountId, accountId))
    if (noticed !== 'room') continue
    if (noticedBefore === null) await tx.delete(attendances).where(one)
    else await tx.update(attendances).set({ noticed: noticedBefore, noticedBefore: null }).where(one)
  }
  return there
    .filter(
      ({ noticed, noticedBefore }) =>
        noticed === 'door' || noticed === 'facilitator' || (noticed === 'room' && noticedBefore !== null),
    )
    .map(({ accountId }) => accountId)
    .sort()
}
