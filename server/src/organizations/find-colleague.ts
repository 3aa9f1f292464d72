import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { colleagues, organizationDomains, organizations } from '#db/schema.ts'
import type { OrganizationRole } from '#shared/organizations.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'

export type OrganizationRow = typeof organizations.$inferSelect
export type Found = { organization: OrganizationRow; role: OrganizationRole }

/**
 * An active colleague of an organization, or nothing. Whoever has a confirmed address of a proven domain becomes one
 * by being looked for; who left stays away.
 */
export async function findColleague(
  house: House,
  reader: Reader,
  account: AccountRow,
  which: { id: string } | { slug: string },
): Promise<Found | undefined> {
  const [organization] = await reader
    .select()
    .from(organizations)
    .where('id' in which ? eq(organizations.id, which.id) : eq(organizations.slug, which.slug))
  if (!organization) return undefined
  const find = () =>
    reader
      .select({ role: colleagues.role, status: colleagues.status })
      .from(colleagues)
      .where(and(eq(colleagues.organizationId, organization.id), eq(colleagues.accountId, account.id)))
  let [mine] = await find()
  if (!mine) {
    await joinByAddress(house, reader, account)
    ;[mine] = await find()
  }
  return mine?.status === 'active' ? { organization, role: mine.role } : undefined
}

/** A confirmed address of a proven domain makes a colleague, once: who left is not taken up again. */
export async function joinByAddress(house: House, reader: Reader, account: AccountRow): Promise<void> {
  if (!account.verifiedAt) return
  await reader
    .insert(colleagues)
    .select(
      reader
        .select({
          organizationId: organizationDomains.organizationId,
          accountId: sql`${account.id}::uuid`.as('account_id'),
          role: sql`'colleague'`.as('role'),
          status: sql`'active'`.as('status'),
          joinedAt: sql`${house.now().toISOString()}::timestamptz`.as('joined_at'),
          endedAt: sql`null::timestamptz`.as('ended_at'),
        })
        .from(organizationDomains)
        .where(
          and(
            eq(organizationDomains.domain, domainOf(account.email)),
            isNotNull(organizationDomains.verifiedAt),
          ),
        ),
    )
    .onConflictDoNothing()
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase()
