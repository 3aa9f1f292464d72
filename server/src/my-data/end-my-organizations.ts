import type { Transaction } from '#db/connect.ts'
import { Refusal } from '#shared/refusals.ts'
import { dissolve } from '../internal-groups/delete-organization.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { onlyAdminOf } from '../organizations/only-admin-of.ts'

/** A company that has nobody but this account goes with it. One with colleagues needs another admin first. */
export async function endMyOrganizations(tx: Transaction, accountId: string): Promise<void> {
  for (const { id } of await onlyAdminOf(tx, accountId)) await lockOrganization(tx, id)
  const mine = await onlyAdminOf(tx, accountId)
  const needed = mine.filter(({ others }) => others)
  if (needed.length > 0) {
    const names = new Intl.ListFormat('en-GB').format(needed.map(({ name }) => `“${name}”`))
    throw new Refusal(
      'conflict',
      `You are the only admin of ${names}. Make a colleague an admin on the page of colleagues first.`,
    )
  }
  for (const { id } of mine) await dissolve(tx, id)
}
