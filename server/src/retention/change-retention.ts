import { eq } from 'drizzle-orm'
import { groups, retentionChanges } from '#db/schema.ts'
import { isShorter, RETENTION_NOTICE_DAYS, type Retention, type RetentionMonths } from '#shared/retention.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockAsOrganizer } from '../groups/places.ts'
import { readRetention } from '../groups/show-group.ts'
import type { House } from '../house.ts'
import { sayDay } from '../sessions/local-time.ts'
import { mailMembers } from '../sessions/mail-members.ts'

const DAY = 86_400_000

/** A longer time holds at once. A shorter one is announced to everybody, and holds a week later. */
export function changeRetention(
  house: House,
  organizer: Organizer,
  months: RetentionMonths,
): Promise<Retention> {
  const { account } = organizer
  return house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    requireOpenGroup(group)
    const before = await readRetention(tx, group)
    const wanted = before.next ? before.next.months : before.months
    if (months === wanted) return before

    await tx.delete(retentionChanges).where(eq(retentionChanges.groupId, group.id))
    const shorter = months !== null && isShorter(months, before.months)
    const startsAt = new Date(house.now().getTime() + RETENTION_NOTICE_DAYS * DAY)
    if (shorter) {
      await tx.insert(retentionChanges).values({ groupId: group.id, months, startsAt })
      await mailMembers(house, tx, group, account.id, {
        subject: `${group.name} will keep words for ${months} months`,
        paragraphs: [
          `${account.name} has changed how long ${group.name} keeps what is written in it. From ${sayDay(startsAt, group.zone)} on, what was written in sessions, threads and announcements is deleted after ${months} months.`,
          'What you promised stays yours, with what became of it. How many sessions there were, and who was there, stays too.',
          'If you want to keep something of your own, take it with you on your account page before then.',
        ],
        action: { label: 'Open my account', url: `${house.config.origin}/account` },
      })
    } else await tx.update(groups).set({ retentionMonths: months }).where(eq(groups.id, group.id))
    await keepAudit(house, tx, {
      action: 'group-changed',
      groupId: group.id,
      actorId: account.id,
      detail: { setting: 'retentionMonths', from: before.months, to: months },
    })
    return {
      months: shorter ? before.months : months,
      next: shorter ? { months, startsAt: startsAt.toISOString() } : null,
    }
  })
}
