import { and, eq, inArray, isNull } from 'drizzle-orm'
import {
  answers,
  attendances,
  ballots,
  blocks,
  codeGuests,
  joinCodes,
  memberships,
  turns,
} from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { settleGoRound } from '../go-rounds/settle-go-round.ts'
import type { House } from '../house.ts'
import { changeLiveSession, type Change } from '../live/change-session-room.ts'
import { makeJoinCode } from '../live/make-join-code.ts'
import { readDoor } from '../live/read-lead.ts'
import { settleCurrent } from '../pods/settle-pods.ts'
import type { Chair } from '../sessions/guards.ts'
import { endSignIns } from '../sign-in/mail-links.ts'

/**
 * A guest who came by code leaves the room, with their hand, their votes and what they wrote that nobody has read. The code
 * is another one from then on, so they don't come back with the old one. What they wrote without a name stays: without it
 * the reveal would tell that it was theirs (L24).
 */
export async function sendGuestOut(
  house: House,
  chair: Chair,
  accountId: string,
): Promise<Record<string, never>> {
  await changeLiveSession(house, chair, async (change) => {
    const { tx, tell, session, now } = change
    const theirs = and(eq(codeGuests.sessionId, session.id), eq(codeGuests.accountId, accountId))
    const [guest] = await tx.select().from(codeGuests).where(theirs)
    // Whoever was let into the group meanwhile has a seat of their own.
    const isMember = and(
      eq(memberships.groupId, session.groupId),
      eq(memberships.accountId, accountId),
      eq(memberships.status, 'active'),
    )
    if (!guest || (await tx.$count(memberships, isMember)) > 0)
      throw new Refusal('not-found', 'Only guests who came with the code can be sent out here.')
    if (guest.removedAt !== null) return
    await tx.update(codeGuests).set({ removedAt: now }).where(theirs)
    await takeBackUnread(change, accountId)
    await endTurns(change, accountId)
    await tx
      .delete(attendances)
      .where(and(eq(attendances.sessionId, session.id), eq(attendances.accountId, accountId)))
    tell({ type: 'counted-out', accountId })
    await settleCurrent(change)
    await settleGoRound(change)
    await renewCode(change)
    if (guest.seatOnly) await endSignIns(house, tx, accountId)
  })
  house.rooms.endMembership(chair.session.groupId, accountId)
  return {}
}

async function takeBackUnread({ tx, tell, session }: Change, accountId: string): Promise<void> {
  const unread = tx
    .select({ id: blocks.id })
    .from(blocks)
    .where(and(eq(blocks.sessionId, session.id), isNull(blocks.revealedAt)))
  const gone = await tx
    .delete(answers)
    .where(and(eq(answers.accountId, accountId), inArray(answers.blockId, unread)))
    .returning({ blockId: answers.blockId, done: answers.done })
  for (const { blockId, done } of gone) if (done) tell({ type: 'answer-unwritten', blockId, accountId })
  const votes = await tx
    .delete(ballots)
    .where(and(eq(ballots.accountId, accountId), inArray(ballots.blockId, unread)))
    .returning({ blockId: ballots.blockId, done: ballots.done })
  for (const { blockId, done } of votes)
    if (done) tell({ type: 'vote-done', blockId, accountId, done: false })
}

async function endTurns({ tx, tell, session, now }: Change, accountId: string): Promise<void> {
  const ended = await tx
    .update(turns)
    .set({ endedAt: now })
    .where(and(eq(turns.sessionId, session.id), eq(turns.accountId, accountId), isNull(turns.endedAt)))
    .returning({ id: turns.id, beganAt: turns.beganAt })
  for (const { id: turnId, beganAt } of ended)
    tell(beganAt === null ? { type: 'hands-lowered', turnIds: [turnId] } : { type: 'turn-ended', turnId })
}

async function renewCode(change: Change): Promise<void> {
  const { tx, tell, session } = change
  const { guests, shown } = await readDoor(tx, session.id)
  await tx.delete(joinCodes).where(eq(joinCodes.sessionId, session.id))
  await makeJoinCode(change)
  await tx.update(joinCodes).set({ guests, shown }).where(eq(joinCodes.sessionId, session.id))
  tell({ type: 'door-changed' })
}
