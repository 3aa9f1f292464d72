import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, mailLinks, memberships, signIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import { lockGroup } from '../groups/places.ts'
import type { House } from '../house.ts'
import { appealLine } from '../mail/appeal.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Operator } from '../sign-in/guards.ts'
import { mailSuspension } from '../sign-in/suspended.ts'
import { accountResumedLetter, groupResumedLetter, groupSuspendedLetter } from './letters.ts'

/** Strangers no longer find the group, nobody new comes in, nothing is added; its members read on, and can leave. */
export async function suspendGroup(
  house: House,
  tx: Transaction,
  groupId: string,
  operatorId: string,
  reason: string,
): Promise<void> {
  const group = await lockGroup(tx, groupId)
  await tx
    .update(groups)
    .set({ suspendedAt: group.suspendedAt ?? house.now(), suspendReason: reason })
    .where(eq(groups.id, groupId))
  await keepAudit(house, tx, { action: 'group-suspended', groupId, actorId: operatorId })
  const appeal = await appealLine(house, tx)
  for (const organizer of await findOrganizers(tx, groupId))
    await sendMail(house, tx, groupSuspendedLetter(house, group, organizer, reason, appeal))
}

export async function resumeGroup(house: House, { account }: Operator, groupId: string): Promise<object> {
  await house.db.transaction(async (tx) => {
    const group = await lockGroup(tx, groupId)
    if (!group.suspendedAt) return
    await tx.update(groups).set({ suspendedAt: null, suspendReason: null }).where(eq(groups.id, groupId))
    await keepAudit(house, tx, { action: 'group-resumed', groupId, actorId: account.id })
    for (const organizer of await findOrganizers(tx, groupId))
      await sendMail(house, tx, groupResumedLetter(house, group, organizer))
  })
  return {}
}

/**
 * Ends all sign-ins of an account, and lets it have no other.
 * @returns what to do once it is committed: hang up
 */
export async function suspendAccount(
  house: House,
  tx: Transaction,
  accountId: string,
  operatorId: string,
  reason: string,
): Promise<() => void> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('no key update')
  if (!account) throw new Refusal('not-found')
  if (account.operator)
    throw new Refusal(
      'not-allowed',
      'That is an operator of this instance. Take that away from them first; the handbook for operators says how.',
    )
  if (account.sample)
    throw new Refusal(
      'not-allowed',
      'That is an invented person of the sample circle, and nobody stands behind them.',
    )
  const suspended = {
    ...account,
    suspendedAt: account.suspendedAt ?? house.now(),
    suspendReason: reason,
  }
  const { suspendedAt, suspendReason } = suspended
  await tx.update(accounts).set({ suspendedAt, suspendReason }).where(eq(accounts.id, accountId))
  const ended = await tx.delete(signIns).where(eq(signIns.userId, accountId)).returning({ id: signIns.id })
  await tx.delete(mailLinks).where(and(eq(mailLinks.accountId, accountId), ne(mailLinks.purpose, 'my-data')))
  await mailSuspension(house, tx, suspended)
  await keepAudit(house, tx, { action: 'account-suspended', actorId: operatorId, subjectId: accountId })
  return () => ended.forEach(({ id }) => house.rooms.endSignIn(id))
}

export async function resumeAccount(
  house: House,
  { account: operator }: Operator,
  accountId: string,
): Promise<object> {
  await house.db.transaction(async (tx) => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for('no key update')
    if (!account) throw new Refusal('not-found')
    if (!account.suspendedAt) return
    await tx
      .update(accounts)
      .set({ suspendedAt: null, suspendReason: null })
      .where(eq(accounts.id, accountId))
    await tx
      .delete(mailLinks)
      .where(and(eq(mailLinks.accountId, accountId), eq(mailLinks.purpose, 'my-data')))
    await sendMail(house, tx, accountResumedLetter(house, account))
    await keepAudit(house, tx, { action: 'account-resumed', actorId: operator.id, subjectId: accountId })
  })
  return {}
}

const findOrganizers = (tx: Transaction, groupId: string) =>
  tx
    .select({ name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
