import { isGone } from '#shared/live/lead.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { arrive } from './arrive.ts'
import { giveLead, lockLead } from './change-lead.ts'
import { changeLiveSession } from './change-session-room.ts'

/**
 * Whoever lost the lead takes it back, the facilitator of the session takes it at any time, and anybody who may run the
 * session takes it from nobody or from a leader who is gone. Everybody else asks for it.
 */
export function takeLead(
  house: House,
  chair: Chair,
  { from }: { from: string | null },
): Promise<Record<string, never>> {
  const me = chair.member.account.id
  return changeLiveSession(
    house,
    chair,
    async (change) => {
      const lead = await lockLead(change)
      const leaderId = lead?.leaderId ?? null
      if (leaderId === me || leaderId !== from) return {}
      const free = !lead || leaderId === null || isGone(lead.seenAt, change.now)
      if (!free && lead.lostId !== me && change.session.facilitatorId !== me)
        throw new Refusal('conflict', 'Somebody else leads. They can hand you the lead at their table.')
      await arrive(change, chair)
      await giveLead(change, leaderId, me, 'taken')
      return {}
    },
    // Whoever lost the connection comes back to a table that somebody else locked.
    { evenLocked: true },
  )
}
