import { and, asc, eq, isNull } from 'drizzle-orm'
import { groups } from '#db/schema.ts'
import type { WaitingGroup } from '#shared/internal-groups.ts'
import { namesOfOrganizers } from '../groups/read-public-group.ts'
import type { House } from '../house.ts'
import type { Admin } from '../organizations/guards.ts'

const MOST_SHOWN = 200

/** Who waits longest comes first. */
export async function listWaitingGroups(house: House, { organization }: Admin): Promise<WaitingGroup[]> {
  const rows = await house.db
    .select()
    .from(groups)
    .where(
      and(
        eq(groups.organizationId, organization.id),
        eq(groups.approval, 'waiting'),
        isNull(groups.archivedAt),
      ),
    )
    .orderBy(asc(groups.createdAt))
    .limit(MOST_SHOWN)
  return Promise.all(
    rows.map(async ({ id, name, purpose, places, createdAt }) => ({
      groupId: id,
      name,
      purpose,
      organizers: await namesOfOrganizers(house, id),
      places,
      since: createdAt.toISOString(),
    })),
  )
}
