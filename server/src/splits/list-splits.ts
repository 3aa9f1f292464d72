import { and, asc, eq, isNull } from 'drizzle-orm'
import { accounts, groups, placements } from '#db/schema.ts'
import type { Split } from '#shared/splits.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

/** New groups in which members of this one were offered a place: for those who were, and for its organizers. */
export async function listSplits({ db }: House, { account, group, role }: Member): Promise<Split[]> {
  const rows = await db
    .select({ placement: placements, name: accounts.name, group: groups })
    .from(placements)
    .innerJoin(accounts, eq(accounts.id, placements.accountId))
    .innerJoin(groups, eq(groups.id, placements.groupId))
    .where(and(eq(placements.fromGroupId, group.id), isNull(groups.archivedAt)))
    .orderBy(asc(placements.offeredAt), asc(accounts.name))
  return Map.groupBy(rows, (row) => row.group.id)
    .values()
    .flatMap((offered): Split[] => {
      const [first] = offered
      const mine = offered.find(({ placement }) => placement.accountId === account.id)
      if (!first || (!mine && role !== 'organizer')) return []
      const { id, slug, name } = first.group
      return [
        {
          // Who has not moved can't open it.
          group: { id, slug: first.placement.offeredBy === account.id ? slug : null, name },
          mine: mine ? { state: mine.placement.state, role: mine.placement.role } : null,
          people: offered.map(({ placement, name }) => ({
            id: placement.accountId,
            name,
            role: placement.role,
            state: placement.state,
          })),
        },
      ]
    })
    .toArray()
}
