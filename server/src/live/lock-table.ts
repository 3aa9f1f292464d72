import { eq } from 'drizzle-orm'
import { leads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { lockLead } from './change-lead.ts'
import { changeLiveSession } from './change-session-room.ts'

/** While the table is locked only the leader runs the session; a lead that changes hands opens it again. */
export function lockTable(
  house: House,
  chair: Chair,
  { locked }: { locked: boolean },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, tell, session, now } = change
    const lead = await lockLead(change)
    if (lead?.leaderId !== chair.member.account.id)
      throw new Refusal('conflict', 'Only whoever leads can lock or unlock the table.')
    if ((lead.lockedAt !== null) === locked) return {}
    await tx
      .update(leads)
      .set({ lockedAt: locked ? now : null })
      .where(eq(leads.sessionId, session.id))
    tell({ type: 'lead-changed', why: locked ? 'locked' : 'unlocked', before: lead.leaderId })
    return {}
  })
}
