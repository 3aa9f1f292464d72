import { and, count, eq, gt } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, reports } from '#db/schema.ts'
import { REPORTS_A_DAY, type MyReport, type ReportDraft } from '#shared/moderation.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { newReportLetter } from './letters.ts'
import { showMine } from './list-reports.ts'
import { findOrganizers, openOn, waysFor } from './read-target.ts'
import { findTarget } from './targets.ts'

const DAY = 86_400_000

/** Tells whoever decides. A retry gets the answer of the first try. */
export async function sendReport(house: House, signedIn: SignedIn, draft: ReportDraft): Promise<MyReport> {
  const { account } = signedIn
  const words = draft.words.trim()
  if (draft.reason === 'else' && words === '')
    throw new Refusal('invalid', 'Say in a few words what is not right.', 'words')
  if (draft.to === 'operator' && !account.verifiedAt) throw new Refusal('not-verified')

  return house.db.transaction(async (tx) => {
    // Whoever sends several at once takes turns with themselves, so they are counted.
    await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(eq(accounts.id, account.id))
      .for('no key update')
    const earlier = await findSent(tx, draft.id)
    if (earlier) {
      if (earlier.report.reporterId !== account.id) throw new Refusal('conflict')
      return showMine(earlier)
    }
    const target = await findTarget(house, tx, signedIn, draft)
    const organizers = await findOrganizers(tx, target, account.id)
    if (!waysFor(organizers).includes(draft.to))
      throw new Refusal(
        'invalid',
        'No organizer of the group could decide this but you or whom it is about. Send it to the operator of this instance.',
        'to',
      )
    const [open] = await tx
      .select({ id: reports.id })
      .from(reports)
      .where(and(openOn(draft.kind, target.id, account.id), eq(reports.to, draft.to)))
    if (open)
      throw new Refusal(
        'conflict',
        'You reported this already, and it waits for a decision. You get a mail as soon as there is one.',
      )
    await requireFewToday(house, tx, account.id)

    await tx.insert(reports).values({
      id: draft.id,
      kind: draft.kind,
      targetId: target.id,
      groupId: target.group?.id ?? null,
      aboutId: target.about?.id ?? null,
      reporterId: account.id,
      reason: draft.reason,
      words,
      to: draft.to,
      copy: draft.to === 'operator' ? target.copy : '',
      sentAt: house.now(),
    })
    const deciding = draft.to === 'organizers' ? organizers : await findOperators(tx)
    const place = draft.to === 'organizers' ? target.group : null
    for (const one of deciding) await sendMail(house, tx, newReportLetter(house, one, draft.kind, place))

    const sent = await findSent(tx, draft.id)
    if (!sent) throw new Error('what was stored a moment ago is gone')
    return showMine(sent)
  })
}

async function findSent(tx: Transaction, id: string) {
  const [found] = await tx
    .select({ report: reports, group: groups.name })
    .from(reports)
    .leftJoin(groups, eq(groups.id, reports.groupId))
    .where(eq(reports.id, id))
  return found
}

async function requireFewToday({ now }: House, tx: Transaction, accountId: string): Promise<void> {
  const [sent] = await tx
    .select({ today: count() })
    .from(reports)
    .where(and(eq(reports.reporterId, accountId), gt(reports.sentAt, new Date(now().getTime() - DAY))))
  if ((sent?.today ?? 0) >= REPORTS_A_DAY)
    throw new Refusal(
      'too-many',
      `You sent ${REPORTS_A_DAY} reports within a day, and more can’t be looked at with care. Send this one tomorrow; what you wrote is still here.`,
    )
}

const findOperators = (tx: Transaction) =>
  tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(eq(accounts.operator, true))
