import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { giveLead, lockLead } from './change-lead.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findChairs } from './find-chairs.ts'

/** Only the leader hands it on, to somebody who may run the session and came in. */
export function handLead(house: House, chair: Chair, { to }: { to: string }): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { tx, session } = change
    const lead = await lockLead(change)
    if (lead?.leaderId === to) return {}
    if (lead?.leaderId !== chair.member.account.id)
      throw new Refusal('conflict', 'Only whoever leads can hand the lead to somebody.')
    const chairs = await findChairs(tx, session)
    if (!chairs.some(({ accountId, arrived }) => accountId === to && arrived))
      throw new Refusal('conflict', 'The lead goes to somebody who is here and may run this session.')
    await giveLead(change, chair.member.account.id, to, 'handed')
    return {}
  })
}
