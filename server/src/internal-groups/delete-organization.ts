import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, organizations } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Admin } from '../organizations/guards.ts'
import { lockAsAdmin } from '../organizations/lock-organization.ts'

/** Deletes an organization. Its groups go on as private groups of their members. */
export async function deleteOrganization(house: House, admin: Admin, name: string): Promise<object> {
  await house.db.transaction(async (tx) => {
    const organization = await lockAsAdmin(tx, admin)
    if (name.trim() !== organization.name)
      throw new Refusal('invalid', `Type the name of the organization, ${organization.name}.`, 'name')
    await dissolve(tx, organization.id)
  })
  return {}
}

/** Takes the groups out first: none of them may be found by people who are nobody's colleagues. */
export async function dissolve(tx: Transaction, organizationId: string): Promise<void> {
  const inIt = eq(groups.organizationId, organizationId)
  await tx
    .update(groups)
    .set({ visibility: 'private' })
    .where(and(inIt, eq(groups.visibility, 'colleagues')))
  await tx.update(groups).set({ organizationId: null, approval: 'none' }).where(inIt)
  await tx.delete(organizations).where(eq(organizations.id, organizationId))
}
