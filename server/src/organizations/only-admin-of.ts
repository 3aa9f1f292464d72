import { and, eq, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { colleagues, organizations } from '#db/schema.ts'

/** Organizations that only this person is an admin of, and whether anybody else is in them. */
export async function onlyAdminOf(
  reader: Reader,
  accountId: string,
): Promise<{ id: string; slug: string; name: string; others: boolean }[]> {
  const mine = await reader
    .select({ id: organizations.id, slug: organizations.slug, name: organizations.name })
    .from(colleagues)
    .innerJoin(organizations, eq(organizations.id, colleagues.organizationId))
    .where(
      and(eq(colleagues.accountId, accountId), eq(colleagues.role, 'admin'), eq(colleagues.status, 'active')),
    )
  const found = []
  for (const organization of mine) {
    const others = await reader
      .select({ role: colleagues.role })
      .from(colleagues)
      .where(
        and(
          eq(colleagues.organizationId, organization.id),
          eq(colleagues.status, 'active'),
          ne(colleagues.accountId, accountId),
        ),
      )
    if (others.every(({ role }) => role !== 'admin'))
      found.push({ ...organization, others: others.length > 0 })
  }
  return found
}
