import { eq } from 'drizzle-orm'
import { organizations } from '#db/schema.ts'
import type { Organization, OrganizationChange } from '#shared/organizations.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'
import { lockAsAdmin } from './lock-organization.ts'
import { showOrganization } from './show-organization.ts'

export async function changeOrganization(
  house: House,
  admin: Admin,
  { name, approvesGroups }: OrganizationChange,
): Promise<Organization> {
  return house.db.transaction(async (tx) => {
    const before = await lockAsAdmin(tx, admin)
    const change = {
      name: name?.trim() ?? before.name,
      approvesGroups: approvesGroups ?? before.approvesGroups,
    }
    const [organization] = await tx
      .update(organizations)
      .set(change)
      .where(eq(organizations.id, before.id))
      .returning()
    const kept = {
      action: 'organization-changed',
      organizationId: before.id,
      actorId: admin.account.id,
    } as const
    if (change.name !== before.name) await keepAudit(house, tx, { ...kept, detail: { setting: 'name' } })
    if (change.approvesGroups !== before.approvesGroups) {
      await keepAudit(house, tx, {
        ...kept,
        detail: { setting: 'approvesGroups', from: before.approvesGroups, to: change.approvesGroups },
      })
    }
    return showOrganization(tx, organization ?? before, admin.role)
  })
}
