import { and, asc, eq } from 'drizzle-orm'
import { colleagues, organizations } from '#db/schema.ts'
import type { MyOrganization } from '#shared/organizations.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { joinByAddress } from './find-colleague.ts'

export async function listMyOrganizations(house: House, { account }: SignedIn): Promise<MyOrganization[]> {
  await joinByAddress(house, house.db, account)
  return house.db
    .select({
      id: organizations.id,
      slug: organizations.slug,
      name: organizations.name,
      approvesGroups: organizations.approvesGroups,
      role: colleagues.role,
    })
    .from(colleagues)
    .innerJoin(organizations, eq(organizations.id, colleagues.organizationId))
    .where(and(eq(colleagues.accountId, account.id), eq(colleagues.status, 'active')))
    .orderBy(asc(organizations.name))
}
