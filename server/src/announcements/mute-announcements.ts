import { and, eq } from 'drizzle-orm'
import { announcementMutes } from '#db/schema.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

/** Announcements stay on the page of the group; their mail comes or does not. */
export async function muteAnnouncements(
  house: House,
  { account, group }: Member,
  muted: boolean,
): Promise<void> {
  if (muted)
    await house.db
      .insert(announcementMutes)
      .values({ groupId: group.id, accountId: account.id, mutedAt: house.now() })
      .onConflictDoNothing()
  else
    await house.db
      .delete(announcementMutes)
      .where(and(eq(announcementMutes.groupId, group.id), eq(announcementMutes.accountId, account.id)))
}
