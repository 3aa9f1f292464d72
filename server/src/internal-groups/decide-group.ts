import { and, eq } from 'drizzle-orm'
import { groups } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import { lockGroup, promote } from '../groups/places.ts'
import type { House } from '../house.ts'
import type { Admin } from '../organizations/guards.ts'
import { approvedLetter, declinedLetter } from './letters.ts'
import { tellOrganizers } from './tell-organizers.ts'

/** Says yes or no to a group that waits. Its organizers hear by mail, with the reason when it is a no. */
export async function decideGroup(
  house: House,
  { account, organization }: Admin,
  groupId: string,
  { approve, reason = '' }: { approve: boolean; reason?: string },
): Promise<object> {
  if (!approve && !reason.trim())
    throw new Refusal('invalid', 'Say why. The organizers of the group read it.', 'reason')
  await house.db.transaction(async (tx) => {
    const [mine] = await tx
      .select({ id: groups.id })
      .from(groups)
      .where(and(eq(groups.id, groupId), eq(groups.organizationId, organization.id)))
    if (!mine) throw new Refusal('not-found')
    const group = await lockGroup(tx, groupId)
    // It may have gone while we waited for it.
    if (group.organizationId !== organization.id) throw new Refusal('not-found')
    if (group.approval !== 'waiting')
      throw new Refusal('conflict', `This group was decided already: it is ${said(group.approval)}.`)
    await tx
      .update(groups)
      .set({ approval: approve ? 'approved' : 'declined' })
      .where(eq(groups.id, groupId))
    await keepAudit(house, tx, {
      action: approve ? 'group-approved' : 'group-declined',
      groupId,
      organizationId: organization.id,
      actorId: account.id,
    })
    await tellOrganizers(house, tx, groupId, (organizer) =>
      approve
        ? approvedLetter(house, organizer, group, organization)
        : declinedLetter(house, organizer, group, organization, reason.trim()),
    )
    if (approve) await promote(house, tx, await lockGroup(tx, groupId))
  })
  return {}
}

const said = (approval: 'none' | 'approved' | 'declined') =>
  approval === 'declined' ? 'declined' : 'approved'
