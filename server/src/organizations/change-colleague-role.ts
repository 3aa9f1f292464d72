import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues } from '#db/schema.ts'
import type { OrganizationRole } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'
import { lockAsAdmin, type LockedOrganization } from './lock-organization.ts'

export async function changeColleagueRole(
  house: House,
  admin: Admin,
  accountId: string,
  role: OrganizationRole,
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const organization = await lockAsAdmin(tx, admin)
    const theirs = and(
      eq(colleagues.organizationId, organization.id),
      eq(colleagues.accountId, accountId),
      eq(colleagues.status, 'active'),
    )
    const [before] = await tx.select({ role: colleagues.role }).from(colleagues).where(theirs)
    if (!before) throw new Refusal('not-found', 'That person is no colleague any more.')
    if (before.role === role) return
    if (role !== 'admin') await keepAnAdmin(tx, organization, accountId)
    await tx.update(colleagues).set({ role }).where(theirs)
    await keepAudit(house, tx, {
      action: 'role-changed',
      organizationId: organization.id,
      actorId: admin.account.id,
      subjectId: accountId,
      detail: { from: before.role, to: role },
    })
  })
  return {}
}

/** @throws Refusal when nobody but this person is an admin. Call it under the organization's lock. */
export async function keepAnAdmin(
  tx: Transaction,
  organization: LockedOrganization,
  accountId: string,
): Promise<void> {
  const admins = await tx
    .select({ accountId: colleagues.accountId, suspendedAt: accounts.suspendedAt })
    .from(colleagues)
    .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
    .where(
      and(
        eq(colleagues.organizationId, organization.id),
        eq(colleagues.role, 'admin'),
        eq(colleagues.status, 'active'),
      ),
    )
  const others = admins.filter((one) => one.accountId !== accountId && one.suspendedAt === null)
  if (!admins.some((one) => one.accountId === accountId) || others.length > 0) return
  throw new Refusal('conflict', `${organization.name} needs an admin. Make another colleague an admin first.`)
}
