import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, announcements } from '#db/schema.ts'
import type { Announcement, AnnouncementDraft } from '#shared/announcements.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { isMine, toAnnouncement, type AnnouncementRow } from './list-announcements.ts'

/** Corrects what stands on the page. Nobody is mailed again. */
export function editAnnouncement(
  house: House,
  facilitator: Facilitator,
  id: string,
  { title, body }: Omit<AnnouncementDraft, 'id'>,
): Promise<Announcement> {
  requireOpenGroup(facilitator.group)
  return house.db.transaction(async (tx) => {
    const { row, name } = await findMine(tx, facilitator, id)
    if (row.withdrawnAt)
      throw new Refusal('conflict', 'This announcement was taken back. Write a new one instead.')
    const words = { title: title.trim(), body: body.trim() }
    if (words.title === row.title && words.body === row.body) return toAnnouncement(facilitator, row, name)
    const changed = { ...words, editedAt: house.now() }
    await tx.update(announcements).set(changed).where(eq(announcements.id, id))
    return toAnnouncement(facilitator, { ...row, ...changed }, name)
  })
}

/** Takes an announcement back, also in a group that has ended. Its words are gone; mail that was sent is not. */
export async function withdrawAnnouncement(
  house: House,
  facilitator: Facilitator,
  id: string,
): Promise<void> {
  await house.db.transaction(async (tx) => {
    const { row } = await findMine(tx, facilitator, id)
    if (row.withdrawnAt) return
    await tx
      .update(announcements)
      .set({ title: '', body: '', withdrawnAt: house.now() })
      .where(eq(announcements.id, id))
  })
}

async function findMine(
  tx: Transaction,
  facilitator: Facilitator,
  id: string,
): Promise<{ row: AnnouncementRow; name: string | null }> {
  const [found] = await tx
    .select({ row: announcements, name: accounts.name })
    .from(announcements)
    .leftJoin(accounts, eq(accounts.id, announcements.accountId))
    .where(and(eq(announcements.id, id), eq(announcements.groupId, facilitator.group.id)))
    .for('update', { of: announcements })
  if (!found) throw new Refusal('not-found')
  if (!isMine(facilitator, found.row))
    throw new Refusal('not-allowed', 'Only whoever wrote an announcement, or an organizer, can change it.')
  return found
}
