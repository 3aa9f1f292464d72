import { and, eq, notExists } from 'drizzle-orm'
import { importedItems, showItems, shows } from '#db/schema.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { ShowReader } from './guards.ts'

/** Episodes that came from it stay, and so does where they came from; everything else of it goes. */
export async function stopFollowing(house: House, { member, show }: ShowReader<Facilitator>): Promise<void> {
  requireOpenGroup(member.group)
  await house.db.transaction(async (tx) => {
    await tx.select({ id: shows.id }).from(shows).where(eq(shows.id, show.id)).for('update')
    const imported = tx
      .select({ itemId: importedItems.itemId })
      .from(importedItems)
      .where(eq(importedItems.itemId, showItems.id))
    await tx.delete(showItems).where(and(eq(showItems.showId, show.id), notExists(imported)))
    const left = tx.select({ id: showItems.id }).from(showItems).where(eq(showItems.showId, shows.id))
    const gone = await tx
      .delete(shows)
      .where(and(eq(shows.id, show.id), notExists(left)))
      .returning({ id: shows.id })
    if (gone.length === 0)
      await tx
        .update(shows)
        .set({ stoppedAt: house.now(), failures: 0, failingSince: null, problem: null })
        .where(eq(shows.id, show.id))
  })
}
