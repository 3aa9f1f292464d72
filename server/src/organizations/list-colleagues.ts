import { asc, desc, eq, sql } from 'drizzle-orm'
import { accounts, colleagues } from '#db/schema.ts'
import type { Colleague } from '#shared/organizations.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'

const MOST_SHOWN = 2000

export async function listColleagues(house: House, { organization }: Admin): Promise<Colleague[]> {
  const rank = sql`array_position(array['admin', 'hr', 'colleague'], ${colleagues.role})`
  const rows = await house.db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      email: accounts.email,
      role: colleagues.role,
      status: colleagues.status,
      joinedAt: colleagues.joinedAt,
      endedAt: colleagues.endedAt,
    })
    .from(colleagues)
    .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
    .where(eq(colleagues.organizationId, organization.id))
    .orderBy(asc(colleagues.status), rank, desc(colleagues.endedAt), asc(accounts.name), asc(accounts.id))
    .limit(MOST_SHOWN)
  return rows.map(({ joinedAt, endedAt, ...one }) => ({
    ...one,
    since: joinedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}
