import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, colleagues, organizationDomains } from '#db/schema.ts'
import type { Organization, OrganizationRole } from '#shared/organizations.ts'
import type { OrganizationRow } from './find-colleague.ts'

/** An organization in the eyes of a colleague. */
export async function showOrganization(
  reader: Reader,
  { id, slug, name, approvesGroups }: OrganizationRow,
  role: OrganizationRole,
): Promise<Organization> {
  const proven = await reader
    .select({ domain: organizationDomains.domain })
    .from(organizationDomains)
    .where(and(eq(organizationDomains.organizationId, id), isNotNull(organizationDomains.verifiedAt)))
    .orderBy(asc(organizationDomains.domain))
  const admins = await reader
    .select({ name: accounts.name })
    .from(colleagues)
    .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
    .where(
      and(eq(colleagues.organizationId, id), eq(colleagues.role, 'admin'), eq(colleagues.status, 'active')),
    )
    .orderBy(asc(accounts.name))
  return {
    id,
    slug,
    name,
    approvesGroups,
    domains: proven.map(({ domain }) => domain),
    admins: admins.map((admin) => admin.name),
    role,
  }
}
