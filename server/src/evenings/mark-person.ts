import { and, eq, isNull } from 'drizzle-orm'
import { attendances, doorMarks, memberships, rsvps, sessionGuests } from '#db/schema.ts'
import { settleGoRound } from '../go-rounds/settle-go-round.ts'
import { settleCurrent } from '../pods/settle-pods.ts'
import { countTurns } from '../sessions/count-turns.ts'
import { NotLetIn, type AtDoor, type Marking } from './at-door.ts'
import { isExpected } from './read-door.ts'
import { requireRoomAtDoor } from './room-at-door.ts'
import { seatSomebodyLate, takeSomebodyOut } from './save-tables.ts'

/**
 * Somebody with an account is here, or is not after all. Being here is having a place; taking that back gives back the
 * answer that they had before.
 *
 * @param anybody also who did not say that they come.
 */
export async function markPerson(
  door: AtDoor,
  accountId: string,
  marking: Marking,
  anybody: boolean,
): Promise<void> {
  const { tx, session } = door
  const { here, at } = marking
  const answer = await requireKnown(door, accountId, anybody)
  const ofMark = and(eq(doorMarks.sessionId, session.id), eq(doorMarks.accountId, accountId))
  const [last] = await tx.select().from(doorMarks).where(ofMark)
  // At one moment, "here" counts.
  if (last && (last.at > at || (last.at.getTime() === at.getTime() && (last.here || !here)))) return

  const wasHere = (await tx.$count(attendances, ofAttendance(door, accountId))) > 0
  const hadPlace = answer === 'coming' || answer === 'offered'
  if (here && !wasHere && !hadPlace) await requireRoomAtDoor(door, marking)
  const gave = last?.gavePlace === true && last.here
  const gavePlace = here && (gave || !hadPlace)
  const before = gave ? last.answer : answer === 'waiting' || answer === 'not-coming' ? answer : null
  const mark = { here, at, gavePlace, answer: gavePlace ? before : null }
  await tx
    .insert(doorMarks)
    .values({ groupId: session.groupId, sessionId: session.id, accountId, ...mark })
    .onConflictDoUpdate({ target: [doorMarks.sessionId, doorMarks.accountId], set: mark })

  if (here) await comeIn(door, accountId, at)
  else await goOut(door, accountId, gave ? { answer: last.answer } : undefined)
}

/** What they answered; refused for whoever is neither in the group nor a guest of this session. */
async function requireKnown({ tx, session }: AtDoor, accountId: string, anybody: boolean) {
  const isMember = and(
    eq(memberships.groupId, session.groupId),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'active'),
  )
  const isGuest = and(
    eq(sessionGuests.sessionId, session.id),
    eq(sessionGuests.accountId, accountId),
    isNull(sessionGuests.removedAt),
  )
  const [rsvp] = await tx
    .select({ answer: rsvps.answer })
    .from(rsvps)
    .where(and(eq(rsvps.sessionId, session.id), eq(rsvps.accountId, accountId)))
  const answer = rsvp?.answer ?? null
  const known = (await tx.$count(memberships, isMember)) > 0 || (await tx.$count(sessionGuests, isGuest)) > 0
  if (!known || !(anybody || isExpected(answer)))
    throw new NotLetIn('unknown', 'This person is not on the list of this session.')
  return answer
}

const ofAttendance = ({ session }: AtDoor, accountId: string) =>
  and(eq(attendances.sessionId, session.id), eq(attendances.accountId, accountId))

async function comeIn(door: AtDoor, accountId: string, at: Date): Promise<void> {
  const { tx, tell, session, now } = door
  const { id: sessionId, groupId } = session
  const place = { answer: 'coming' as const, offerEndsAt: null }
  await tx
    .insert(rsvps)
    .values({ groupId, sessionId, accountId, ...place, answeredAt: now })
    .onConflictDoUpdate({ target: [rsvps.sessionId, rsvps.accountId], set: place })
  const added = await tx
    .insert(attendances)
    .values({ groupId, sessionId, accountId, noticed: 'door', arrivedAt: at })
    .onConflictDoNothing()
    .returning({ accountId: attendances.accountId })
  if (added.length > 0) {
    const spoken = await countTurns(tx, sessionId, accountId)
    tell({ type: 'entered', accountId, at: at.toISOString(), spoken, screen: false })
    await settleCurrent(door, accountId)
    await settleGoRound(door)
  }
  await seatSomebodyLate(tx, session, { accountId })
}

async function goOut(
  door: AtDoor,
  accountId: string,
  given: { answer: 'not-coming' | 'waiting' | null } | undefined,
): Promise<void> {
  const { tx, tell, session } = door
  const gone = await tx
    .delete(attendances)
    .where(ofAttendance(door, accountId))
    .returning({ accountId: attendances.accountId })
  if (gone.length > 0) {
    tell({ type: 'counted-out', accountId })
    await settleCurrent(door)
    await settleGoRound(door)
  }
  if (given) {
    const mine = and(
      eq(rsvps.sessionId, session.id),
      eq(rsvps.accountId, accountId),
      eq(rsvps.answer, 'coming'),
    )
    // Their turn in the line was never touched.
    if (given.answer === null) await tx.delete(rsvps).where(mine)
    else await tx.update(rsvps).set({ answer: given.answer }).where(mine)
  }
  await takeSomebodyOut(tx, session, accountId)
}
