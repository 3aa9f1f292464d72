import { eq } from 'drizzle-orm'
import { joinCodes } from '#db/schema.ts'
import { SOON } from '#shared/joining.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeSessionRoom } from './change-session-room.ts'
import { makeJoinCode } from './make-join-code.ts'
import { readDoor } from './read-lead.ts'

/** Makes the code when there is none yet, shows or hides it, and says whether it lets guests in. */
export function setDoor(
  house: House,
  chair: Chair,
  { guests, shown }: { guests: boolean; shown: boolean },
): Promise<Record<string, never>> {
  return changeSessionRoom(house, chair, async (change) => {
    const { tx, tell, session, now } = change
    if (session.status === 'wrapped-up' || session.status === 'cancelled')
      throw new Refusal('conflict', 'This session is over, so its code opens nothing any more.')
    const before = await readDoor(tx, session.id)
    if (
      before.code === null &&
      session.status === 'scheduled' &&
      session.startsAt.getTime() - now.getTime() > SOON
    )
      throw new Refusal(
        'conflict',
        'The code is made an hour before the session begins, or when you open the room.',
      )
    await makeJoinCode(change)
    if (before.code !== null && before.guests === guests && before.shown === shown) return {}
    await tx.update(joinCodes).set({ guests, shown }).where(eq(joinCodes.sessionId, session.id))
    tell({ type: 'door-changed' })
    return {}
  })
}
