import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { announcementMutes, announcements } from '#db/schema.ts'
import type { Announcement, AnnouncementDraft } from '#shared/announcements.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { readAddressees } from '../sessions/mail-members.ts'
import { toAnnouncement } from './list-announcements.ts'

/** Says something to everybody, and mails it to those who did not mute announcements. A retry does neither again. */
export async function announce(
  house: House,
  facilitator: Facilitator,
  { id, title, body }: AnnouncementDraft,
): Promise<Announcement> {
  const { account, group } = facilitator
  requireOpenGroup(group)
  await house.db.transaction(async (tx) => {
    const [added] = await tx
      .insert(announcements)
      .values({
        id,
        groupId: group.id,
        accountId: account.id,
        title: title.trim(),
        body: body.trim(),
        announcedAt: house.now(),
      })
      .onConflictDoNothing()
      .returning({ id: announcements.id })
    if (added) await mailIt(house, tx, facilitator, { title: title.trim(), body: body.trim() })
  })
  const [written] = await house.db
    .select()
    .from(announcements)
    .where(and(eq(announcements.id, id), eq(announcements.groupId, group.id)))
  if (!written || written.accountId !== account.id) throw new Refusal('conflict')
  return toAnnouncement(facilitator, written, account.name)
}

async function mailIt(
  house: House,
  tx: Transaction,
  { account, group }: Facilitator,
  { title, body }: { title: string; body: string },
): Promise<void> {
  const muted = new Set(
    (
      await tx
        .select({ id: announcementMutes.accountId })
        .from(announcementMutes)
        .where(eq(announcementMutes.groupId, group.id))
    ).map(({ id }) => id),
  )
  const url = `${house.config.origin}/groups/${group.slug}/announcements`
  for (const { id, email } of await readAddressees(tx, group.id, account.id)) {
    if (muted.has(id)) continue
    await sendMail(house, tx, {
      to: email,
      subject: `${group.name}: ${title}`,
      paragraphs: [
        `${account.name} writes to everybody in ${group.name}:`,
        ...body.split(/\n{2,}/).filter((part) => part.trim() !== ''),
      ],
      action: { label: 'Read it on the page of the group', url },
      footer: `You get this because you are a member of ${group.name} on Shortside. You can mute announcements on that page; mail about sessions that move or are cancelled still comes.`,
    })
  }
}
