import { eq } from 'drizzle-orm'
import { showItems } from '#db/schema.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { ItemReader } from './guards.ts'

/** Puts an item aside for everybody, or takes it back. */
export async function dismissItem(
  house: House,
  { member, item }: ItemReader<Facilitator>,
  dismissed: boolean,
): Promise<void> {
  requireOpenGroup(member.group)
  await house.db
    .update(showItems)
    .set({ dismissedAt: dismissed ? house.now() : null })
    .where(eq(showItems.id, item.id))
}
