import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { memberships } from '#db/schema.ts'
import type { Role } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Organizer } from './guards.ts'
import { keepAnOrganizer } from './leave-group.ts'
import { lockAsOrganizer } from './places.ts'

export async function changeRole(
  house: House,
  organizer: Organizer,
  accountId: string,
  role: Role,
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const { id: groupId } = await lockAsOrganizer(tx, organizer)
    if (role !== 'organizer') await keepAnOrganizer(tx, groupId, accountId)
    await giveRole(tx, groupId, accountId, role)
  })
  return {}
}

/** Makes another member organizer; who hands over stays, as a facilitator. */
export async function handOver(house: House, organizer: Organizer, accountId: string): Promise<object> {
  if (accountId === organizer.account.id)
    throw new Refusal('invalid', 'You organize this group already. Choose another member.', 'accountId')
  await house.db.transaction(async (tx) => {
    const { id: groupId } = await lockAsOrganizer(tx, organizer)
    await giveRole(tx, groupId, accountId, 'organizer')
    await giveRole(tx, groupId, organizer.account.id, 'facilitator')
  })
  return {}
}

async function giveRole(tx: Transaction, groupId: string, accountId: string, role: Role): Promise<void> {
  const [changed] = await tx
    .update(memberships)
    .set({ role })
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.accountId, accountId),
        eq(memberships.status, 'active'),
      ),
    )
    .returning({ id: memberships.id })
  if (!changed) throw new Refusal('not-found', 'That person is no longer in the group.')
}
