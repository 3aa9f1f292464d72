import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { beginLead } from './begin-lead.ts'
import { changeSessionRoom } from './change-session-room.ts'
import { makeJoinCode } from './make-join-code.ts'
import { requireTogether } from './over-days.ts'

/** The door opens: people gather before the first block. */
export function openRoom(house: House, chair: Chair): Promise<Record<string, never>> {
  return changeSessionRoom(house, chair, async (change) => {
    const { tx, tell, session, now } = change
    switch (session.status) {
      case 'live':
        return {}
      case 'wrapped-up':
        throw new Refusal('conflict', 'This session is over. Schedule a new one to meet again.')
      case 'cancelled':
        throw new Refusal('conflict', 'This session was cancelled. Schedule a new one to meet.')
      case 'scheduled':
        requireTogether(
          change,
          'A session over days opens by itself when its time comes. To open it earlier, change when it starts.',
        )
        await tx.update(sessions).set({ status: 'live', openedAt: now }).where(eq(sessions.id, session.id))
        await beginLead(change, chair.member.account.id)
        await makeJoinCode(change)
        tell({ type: 'room-opened', at: now.toISOString() })
        await arrive(change, chair)
        return {}
    }
  })
}
