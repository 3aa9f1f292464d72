import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { colleagues, organizations } from '#db/schema.ts'
import type { Organization, OrganizationDraft } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Verified } from '../sign-in/guards.ts'
import { slugsFor } from '../slug.ts'
import type { OrganizationRow } from './find-colleague.ts'
import { showOrganization } from './show-organization.ts'

/** Creates an organization; whoever does is its first admin. A retry gets the answer of the first try. */
export async function createOrganization(
  house: House,
  { account }: Verified,
  draft: OrganizationDraft,
): Promise<Organization> {
  if (account.sample)
    throw new Refusal(
      'not-allowed',
      'The people of the sample circle are invented and have no company. Sign up to create yours.',
    )
  return house.db.transaction(async (tx) => {
    const organization = await insertOrganization(house, tx, draft)
    if (!organization) return earlierOrganization(tx, account.id, draft.id)
    await tx.insert(colleagues).values({
      organizationId: organization.id,
      accountId: account.id,
      role: 'admin',
      joinedAt: house.now(),
    })
    return showOrganization(tx, organization, 'admin')
  })
}

/** An address that nobody can guess, so that nobody finds out which companies are here. */
async function insertOrganization(
  house: House,
  tx: Transaction,
  { id, name }: OrganizationDraft,
): Promise<OrganizationRow | undefined> {
  for (const slug of slugsFor(name, false)) {
    const [organization] = await tx
      .insert(organizations)
      .values({ id, slug, name: name.trim(), createdAt: house.now() })
      .onConflictDoNothing()
      .returning()
    if (organization) return organization
    const [taken] = await tx
      .select({ id: organizations.id })
      .from(organizations)
      .where(eq(organizations.id, id))
    if (taken) return undefined
  }
  return undefined
}

async function earlierOrganization(tx: Transaction, accountId: string, id: string): Promise<Organization> {
  const [mine] = await tx
    .select({ organization: organizations, role: colleagues.role })
    .from(organizations)
    .innerJoin(
      colleagues,
      and(eq(colleagues.organizationId, organizations.id), eq(colleagues.accountId, accountId)),
    )
    .where(and(eq(organizations.id, id), eq(colleagues.status, 'active')))
  if (!mine) throw new Refusal('conflict')
  return showOrganization(tx, mine.organization, mine.role)
}
