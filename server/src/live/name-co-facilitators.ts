import { and, eq, inArray } from 'drizzle-orm'
import { coFacilitators, memberships } from '#db/schema.ts'
import type { CoFacilitator } from '#shared/leading.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { lockLead } from './change-lead.ts'
import { changeSessionRoom } from './change-session-room.ts'
import { readCoFacilitators } from './read-lead.ts'

/** Names those who run this one session beside its facilitator, in the order in which they take over. */
export function nameCoFacilitators(
  house: House,
  chair: Chair,
  { accountIds }: { accountIds: string[] },
): Promise<CoFacilitator[]> {
  requireOpenGroup(chair.member.group)
  return changeSessionRoom(house, chair, async (change) => {
    const { tx, tell, session } = change
    if (session.status === 'wrapped-up' || session.status === 'cancelled')
      throw new Refusal('conflict', 'This session is over, so nobody runs it any more.')
    const members = await tx.$count(
      memberships,
      and(
        eq(memberships.groupId, session.groupId),
        eq(memberships.status, 'active'),
        inArray(memberships.accountId, accountIds),
      ),
    )
    if (members < accountIds.length)
      throw new Refusal('invalid', 'Only members of the group can run its sessions.', 'accountIds')
    const before = (await readCoFacilitators(tx, session.id)).map(({ accountId }) => accountId)
    if (before.join() === accountIds.join()) return readCoFacilitators(tx, session.id)
    await tx.delete(coFacilitators).where(eq(coFacilitators.sessionId, session.id))
    if (accountIds.length > 0)
      await tx.insert(coFacilitators).values(
        accountIds.map((accountId, position) => ({
          groupId: session.groupId,
          sessionId: session.id,
          accountId,
          position,
        })),
      )
    const lead = await lockLead(change)
    tell({ type: 'lead-changed', why: 'named', before: lead?.leaderId ?? null })
    return readCoFacilitators(tx, session.id)
  })
}
