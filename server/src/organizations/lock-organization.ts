import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { colleagues, organizations } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { OrganizationRow } from './find-colleague.ts'
import type { Admin } from './guards.ts'

declare const locked: unique symbol
/** An organization whose row is held until the transaction ends: changes of who is what in it take turns. */
export type LockedOrganization = OrganizationRow & { readonly [locked]: true }

export async function lockOrganization(tx: Transaction, id: string): Promise<LockedOrganization> {
  const [organization] = await tx
    .select()
    .from(organizations)
    .where(eq(organizations.id, id))
    .for('no key update')
  if (!organization) throw new Refusal('not-found')
  return organization as LockedOrganization
}

/** Locks the organization and looks again: two admins who end each other's role take turns, and the second is late. */
export async function lockAsAdmin(
  tx: Transaction,
  { account, organization: { id } }: Admin,
): Promise<LockedOrganization> {
  const organization = await lockOrganization(tx, id)
  const [mine] = await tx
    .select({ role: colleagues.role })
    .from(colleagues)
    .where(
      and(
        eq(colleagues.organizationId, id),
        eq(colleagues.accountId, account.id),
        eq(colleagues.status, 'active'),
        eq(colleagues.role, 'admin'),
      ),
    )
  if (!mine)
    throw new Refusal('not-allowed', 'Your role in this organization has changed a moment ago. Ask an admin.')
  return organization
}
