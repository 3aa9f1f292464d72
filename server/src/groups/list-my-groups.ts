import { and, asc, eq, isNull } from 'drizzle-orm'
import { groups, memberships } from '#db/schema.ts'
import type { MyGroup } from '#shared/groups.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

const MOST_SHOWN = 200

export async function listMyGroups(house: House, { account }: SignedIn): Promise<MyGroup[]> {
  return house.db
    .select({
      id: groups.id,
      slug: groups.slug,
      name: groups.name,
      kind: groups.kind,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(eq(memberships.accountId, account.id), eq(memberships.status, 'active'), isNull(groups.archivedAt)),
    )
    .orderBy(asc(groups.name))
    .limit(MOST_SHOWN)
}
