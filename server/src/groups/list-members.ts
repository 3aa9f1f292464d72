import { and, asc, eq, sql } from 'drizzle-orm'
import { accounts, memberships } from '#db/schema.ts'
import { MOST_PLACES, type GroupMember } from '#shared/groups.ts'
import type { House } from '../house.ts'
import type { Member } from './guards.ts'

export async function listMembers(house: House, { group }: Member): Promise<GroupMember[]> {
  const rank = sql`array_position(array['organizer', 'facilitator', 'member'], ${memberships.role})`
  const members = await house.db
    .select({
      accountId: accounts.id,
      name: accounts.name,
      role: memberships.role,
      joinedAt: memberships.joinedAt,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, group.id), eq(memberships.status, 'active')))
    .orderBy(rank, asc(memberships.joinedAt), asc(memberships.turn))
    .limit(MOST_PLACES)
  return members.map(({ joinedAt, createdAt, ...member }) => ({
    ...member,
    since: (joinedAt ?? createdAt).toISOString(),
  }))
}
