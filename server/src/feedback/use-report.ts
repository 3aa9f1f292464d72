import { and, eq, inArray, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { feedbackReports, feedbackShares, memberships } from '#db/schema.ts'
import type { Report } from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { thanksLetter } from './letters.ts'
import { addressesOf } from './read-addresses.ts'
import { readReport, type ReportOwner } from './read-report.ts'
import { writersTo } from './slips.ts'

/** Shows a report to somebody with whom I am in a group. */
export async function shareReport(house: House, owner: ReportOwner, accountId: string): Promise<Report> {
  const theirs = alias(memberships, 'theirs')
  const [together] = await house.db
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(
      theirs,
      and(
        eq(theirs.groupId, memberships.groupId),
        eq(theirs.accountId, accountId),
        eq(theirs.status, 'active'),
      ),
    )
    .where(and(eq(memberships.accountId, owner.account.id), eq(memberships.status, 'active')))
    .limit(1)
  if (!together || accountId === owner.account.id)
    throw new Refusal('not-found', 'Choose somebody who is in one of your groups.', 'accountId')
  await house.db
    .insert(feedbackShares)
    .values({ reportId: owner.report.id, accountId, sharedAt: house.now() })
    .onConflictDoNothing()
  return readReport(house, owner)
}

export async function unshareReport(house: House, owner: ReportOwner, accountId: string): Promise<Report> {
  await house.db
    .delete(feedbackShares)
    .where(and(eq(feedbackShares.reportId, owner.report.id), inArray(feedbackShares.accountId, [accountId])))
  return readReport(house, owner)
}

export async function saveReflection(
  house: House,
  owner: ReportOwner,
  { heard, will, thanks }: { heard: string; will: string; thanks: string },
): Promise<Report> {
  await house.db
    .update(feedbackReports)
    .set({ heard: heard.trim(), will: will.trim(), thanks: thanks.trim() })
    .where(eq(feedbackReports.id, owner.report.id))
  return readReport(house, owner)
}

/**
 * One note to everybody who was asked: it tells nobody who answered, its writer least. In a live round, where each wrote with
 * their name to one person, it goes to those who wrote.
 */
export async function thankReviewers(house: House, owner: ReportOwner, words: string): Promise<Report> {
  await house.db.transaction(async (tx) => {
    const [mine] = await tx
      .update(feedbackReports)
      .set({ thankedAt: house.now() })
      .where(and(eq(feedbackReports.id, owner.report.id), isNull(feedbackReports.thankedAt)))
      .returning({ id: feedbackReports.id })
    if (!mine) return
    const { round } = owner
    const people =
      round.blockId === null ? await addressesOf(tx, round) : await writersTo(tx, round.id, owner.account.id)
    for (const person of people.filter(({ email }) => email !== owner.account.email))
      await sendMail(house, tx, thanksLetter(owner.account.name, owner.round, person, words.trim()))
  })
  return readReport(house, owner)
}
