import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, posts, reports, threads } from '#db/schema.ts'
import { needsReason, type Decision } from '#shared/moderation.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { AccountRow, Operator } from '../sign-in/guards.ts'
import { takeOutOfSight } from '../threads/hide-post.ts'
import { outcomeLetter } from './letters.ts'
import { forOrganizer, operatorMay, type ReportRow } from './list-reports.ts'
import { suspendAccount, suspendGroup } from './suspend.ts'

type Given = { decision: Decision; reason?: string | undefined }

/** An organizer decides: let it stand, hide it, or say that something was done about it. */
export async function decideGroupReport(
  house: House,
  organizer: Organizer,
  reportId: string,
  given: Given,
): Promise<object> {
  const mine = and(forOrganizer(organizer), eq(reports.id, reportId))
  const [report] = await house.db.select().from(reports).where(mine)
  if (!report) throw new Refusal('not-found')
  const may: Decision[] = report.kind === 'post' ? ['stands', 'acted', 'hidden'] : ['stands', 'acted']
  return decide(house, { report, by: organizer.account, as: 'organizer', may }, given)
}

/** The operator decides by what was sent, and reads nothing else. */
export async function decideOperatorReport(
  house: House,
  { account }: Operator,
  reportId: string,
  given: Given,
): Promise<object> {
  const [report] = await house.db
    .select()
    .from(reports)
    .where(and(eq(reports.id, reportId), eq(reports.to, 'operator')))
  if (!report) throw new Refusal('not-found')
  return decide(house, { report, by: account, as: 'operator', may: operatorMay(report) }, given)
}

type Deciding = { report: ReportRow; by: AccountRow; as: 'organizer' | 'operator'; may: Decision[] }

async function decide(house: House, deciding: Deciding, given: Given): Promise<object> {
  const { report, by, as, may } = deciding
  const reason = given.reason?.trim() ?? ''
  if (!may.includes(given.decision))
    throw new Refusal(
      'invalid',
      'That can’t be decided about this. Choose one of what is offered.',
      'decision',
    )
  if (needsReason(given.decision) && reason === '')
    throw new Refusal('invalid', 'Give the reason: whom it concerns reads it.', 'reason')

  const close = (tx: Transaction) => closeReport(house, tx, deciding, given.decision)
  if (given.decision === 'hidden') {
    const roomId = await findRoom(house, report)
    await takeOutOfSight(house, roomId, report.targetId, { by, as, reason }, close)
    return {}
  }
  const after = await house.db.transaction(async (tx) => {
    await close(tx)
    if (given.decision === 'group-suspended' && report.groupId)
      await suspendGroup(house, tx, report.groupId, by.id, reason)
    if (given.decision === 'account-suspended' && report.aboutId)
      return suspendAccount(house, tx, report.aboutId, by.id, reason)
    return undefined
  })
  after?.()
  return {}
}

/** Two who decide at the same time take turns: the second hears that it is done. */
async function closeReport(
  house: House,
  tx: Transaction,
  { report: { id }, by }: Deciding,
  decision: Decision,
): Promise<void> {
  const [report] = await tx.select().from(reports).where(eq(reports.id, id)).for('update')
  if (!report) throw new Refusal('not-found')
  if (report.decidedAt) throw new Refusal('conflict', 'Somebody decided this already. Load the page anew.')
  await tx
    .update(reports)
    .set({ decision, decidedBy: by.id, decidedAt: house.now(), copy: '' })
    .where(eq(reports.id, id))
  // Whom it was about reads of what was done, not that somebody spoke up.
  await keepAudit(house, tx, {
    action: 'report-decided',
    actorId: by.id,
    subjectId: report.reporterId,
    detail: { reportId: id, kind: report.kind },
  })
  const [reporter] = await tx.select().from(accounts).where(eq(accounts.id, report.reporterId))
  if (reporter) await sendMail(house, tx, outcomeLetter(reporter, { ...report, decision }))
}

async function findRoom({ db }: House, { targetId }: ReportRow): Promise<string> {
  const [found] = await db
    .select({ roomId: threads.roomId })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(eq(posts.id, targetId))
  if (!found) throw new Refusal('conflict', 'This post is gone, so there is nothing left to hide.')
  return found.roomId
}
