import { and, asc, eq, inArray } from 'drizzle-orm'
import { accounts, memberships } from '#db/schema.ts'
import type { Waiting } from '#shared/groups.ts'
import type { House } from '../house.ts'
import type { Organizer } from './guards.ts'

const MOST_SHOWN = 500

export async function listWaiting(house: House, { group }: Organizer): Promise<Waiting[]> {
  const waiting = await house.db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      email: accounts.email,
      status: memberships.status,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, group.id), inArray(memberships.status, ['requested', 'waitlisted'])))
    .orderBy(asc(memberships.turn))
    .limit(MOST_SHOWN)
  return waiting.map(({ createdAt, status, email, ...person }) => ({
    ...person,
    email: status === 'requested' ? email : null,
    status: status === 'requested' ? status : 'waitlisted',
    since: createdAt.toISOString(),
  }))
}
