import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, blockedPeople, groups, reports } from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What I reported and whom I blocked. The words that were reported are somebody else's. */
export async function readMyModeration(tx: Transaction, accountId: string) {
  const sent = await tx
    .select({ report: reports, group: groups.name })
    .from(reports)
    .leftJoin(groups, eq(groups.id, reports.groupId))
    .where(eq(reports.reporterId, accountId))
    .orderBy(asc(reports.sentAt))
  const blocked = await tx
    .select({ name: accounts.name, since: blockedPeople.since })
    .from(blockedPeople)
    .innerJoin(accounts, eq(accounts.id, blockedPeople.blockedId))
    .where(eq(blockedPeople.accountId, accountId))
    .orderBy(asc(blockedPeople.since))
  return {
    reportsSent: sent.map(({ group, report: { kind, reason, words, to, sentAt, decision, decidedAt } }) => ({
      group,
      kind,
      reason,
      words,
      to,
      sentAt: sentAt.toISOString(),
      // What was done to an account is between its owner and the operator.
      decision: decision === 'account-suspended' ? 'acted' : decision,
      decidedAt: orNull(decidedAt),
    })),
    peopleBlocked: blocked.map(({ name, since }) => ({ name, since: since.toISOString() })),
  }
}
