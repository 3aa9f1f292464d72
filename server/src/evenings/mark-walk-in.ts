import { and, eq } from 'drizzle-orm'
import { accounts, walkIns } from '#db/schema.ts'
import { MOST_CAPACITY } from '#shared/session-places.ts'
import { NotLetIn, type AtDoor, type Marking } from './at-door.ts'
import { requireRoomAtDoor } from './room-at-door.ts'
import { seatSomebodyLate, takeSomebodyOut } from './save-tables.ts'

type Stranger = { id: string; name: string; email?: string | undefined }

/** Somebody came in without a place and without an account, or was entered by mistake. The writer chose the id. */
export async function markWalkIn(
  door: AtDoor,
  { id, name, email }: Stranger,
  marking: Marking,
): Promise<void> {
  const { tx, session } = door
  const { here, at } = marking
  const [last] = await tx.select().from(walkIns).where(eq(walkIns.id, id))
  if (last && last.sessionId !== session.id)
    throw new NotLetIn('unknown', 'This person is not on the list of this session.')
  // Whoever has an account is told apart by its id at every table.
  if (!last && (await tx.$count(accounts, eq(accounts.id, id))) > 0)
    throw new NotLetIn('unknown', 'That did not work out. Reload the page and try again.')
  if (last && (last.at > at || (last.at.getTime() === at.getTime() && (last.here || !here)))) return
  if (here && !last?.here) {
    await requireRoomAtDoor(door, marking)
    if ((await tx.$count(walkIns, and(eq(walkIns.sessionId, session.id)))) >= MOST_CAPACITY)
      throw new NotLetIn('full', `More than ${MOST_CAPACITY} people walked in already.`)
  }
  await tx
    .insert(walkIns)
    .values({
      id,
      groupId: session.groupId,
      sessionId: session.id,
      name: name.trim(),
      email: email?.trim().toLowerCase() ?? null,
      arrivedAt: at,
      here,
      at,
    })
    .onConflictDoUpdate({ target: walkIns.id, set: { here, at } })
  if (here) await seatSomebodyLate(tx, session, { walkInId: id })
  else await takeSomebodyOut(tx, session, id)
}
