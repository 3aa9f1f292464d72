import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Output } from '#shared/contract.ts'
import { accounts, announcementMutes, announcements } from '#db/schema.ts'
import { ANNOUNCEMENTS_LISTED, type Announcement, type announcementCalls } from '#shared/announcements.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'

export type AnnouncementRow = typeof announcements.$inferSelect

export async function listAnnouncements(
  { db }: House,
  member: Member,
): Promise<Output<typeof announcementCalls.listAnnouncements>> {
  const { account, group } = member
  const rows = await db
    .select({ row: announcements, name: accounts.name })
    .from(announcements)
    .leftJoin(accounts, eq(accounts.id, announcements.accountId))
    .where(and(eq(announcements.groupId, group.id), isNull(announcements.withdrawnAt)))
    .orderBy(desc(announcements.announcedAt), desc(announcements.id))
    .limit(ANNOUNCEMENTS_LISTED)
  const muted = await db.$count(
    announcementMutes,
    and(eq(announcementMutes.groupId, group.id), eq(announcementMutes.accountId, account.id)),
  )
  return { announcements: rows.map(({ row, name }) => toAnnouncement(member, row, name)), muted: muted > 0 }
}

/** Its writer may change it, and so may whoever organizes the group. */
export const isMine = ({ account, role }: Member, { accountId }: AnnouncementRow): boolean =>
  accountId === account.id || role === 'organizer'

export function toAnnouncement(member: Member, row: AnnouncementRow, name: string | null): Announcement {
  const { id, title, body, accountId, announcedAt, editedAt } = row
  return {
    id,
    title,
    body,
    html: renderMarkdown(body),
    by: accountId && name !== null ? { id: accountId, name } : null,
    announcedAt: announcedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    mine: isMine(member, row),
  }
}
