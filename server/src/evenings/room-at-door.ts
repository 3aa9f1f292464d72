import { and, eq, inArray, notExists } from 'drizzle-orm'
import { attendances, rsvps, walkIns } from '#db/schema.ts'
import { roomAtDoor } from '#shared/evenings.ts'
import { NotLetIn, type AtDoor, type Marking } from './at-door.ts'

/** Refuses when there is room only for those who are expected, unless whoever runs the session lets them in anyway. */
export async function requireRoomAtDoor(
  { tx, session, now }: AtDoor,
  { anyway, runs }: Marking,
): Promise<void> {
  if (anyway) return
  const here =
    (await tx.$count(attendances, eq(attendances.sessionId, session.id))) +
    (await tx.$count(walkIns, and(eq(walkIns.sessionId, session.id), eq(walkIns.here, true))))
  const came = tx
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .where(and(eq(attendances.sessionId, rsvps.sessionId), eq(attendances.accountId, rsvps.accountId)))
  const expectedStill = await tx.$count(
    rsvps,
    and(eq(rsvps.sessionId, session.id), inArray(rsvps.answer, ['coming', 'offered']), notExists(came)),
  )
  if (roomAtDoor(session, { here, expectedStill }, now) > 0) return
  throw new NotLetIn(
    'full',
    runs
      ? `All ${session.capacity} places are taken or kept. You can let them in anyway.`
      : 'All places are taken or kept. Whoever runs the session can let somebody in anyway.',
  )
}
