import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, blockedPeople, invites, memberships } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { isAddress, type inviteCalls } from '#shared/invites.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import { inDays, inviteLink } from './create-invite.ts'
import type { Organizer } from './guards.ts'
import { inviteLetter } from './letters.ts'
import { requireOpenGroup, requireTakesPeople } from './open-group.ts'
import { requireApproved } from './require-approved.ts'

type Mailing = Input<typeof inviteCalls.mailInvites>['body']

/**
 * Mails everybody a personal invite, or nobody: one wrong address refuses all, by name. Members are left out. An
 * invite that was mailed already, by an earlier try, is not mailed again.
 */
export async function mailInvites(
  house: House,
  { account, group }: Organizer,
  { invites: wanted, role, days, note }: Mailing,
): Promise<{ sent: number; already: string[] }> {
  requireOpenGroup(group)
  requireTakesPeople(group)
  requireApproved(group)
  if (!account.verifiedAt) throw new Refusal('not-verified')
  // Anybody may look around as one of them, so nobody can be held to what they send.
  if (account.sample)
    throw new Refusal(
      'not-allowed',
      'The people of the sample circle are invented and mail nobody. Sign up to invite yours.',
    )
  const drafts = uniqueBy(
    wanted.map(({ id, email }) => ({ id, email: normaliseEmail(email) })),
    ({ email }) => email,
  )
  const wrong = drafts.filter(({ email }) => !isAddress(email)).map(({ email }) => `“${email}”`)
  if (wrong.length > 0) {
    throw new Refusal(
      'invalid',
      `${wrong.join(', ')} ${wrong.length === 1 ? 'does not look like an e-mail address' : 'do not look like e-mail addresses'}. Nothing was sent; correct that and send again.`,
      'invites',
    )
  }
  return house.db.transaction(async (tx) => {
    const members = await tx
      .select({ email: accounts.email })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(
        and(
          eq(memberships.groupId, group.id),
          eq(memberships.status, 'active'),
          inArray(
            accounts.email,
            drafts.map(({ email }) => email),
          ),
        ),
      )
    const already = members.map(({ email }) => email)
    const open = drafts.filter(({ email }) => !already.includes(email))
    const unwilling = await findUnwilling(
      tx,
      account.id,
      open.map(({ email }) => email),
    )
    for (const { id, email } of open) {
      const [added] = await tx
        .insert(invites)
        .values({
          id,
          groupId: group.id,
          createdBy: account.id,
          email,
          role,
          maxUses: 1,
          createdAt: house.now(),
          expiresAt: inDays(house, days),
        })
        .onConflictDoNothing()
        .returning({ id: invites.id })
      if (!added || unwilling.includes(email)) continue
      const letter = {
        to: email,
        link: inviteLink(house, id),
        inviter: account.name,
        note: note.trim(),
        days,
      }
      await sendMail(house, tx, inviteLetter(group, letter))
    }
    return { sent: open.length, already }
  })
}

/** Those who blocked whoever invites: no mail of theirs reaches them, and nobody is told. */
async function findUnwilling(tx: Transaction, inviterId: string, emails: string[]): Promise<string[]> {
  const found = await tx
    .select({ email: accounts.email })
    .from(blockedPeople)
    .innerJoin(accounts, eq(accounts.id, blockedPeople.accountId))
    .where(
      and(
        eq(blockedPeople.blockedId, inviterId),
        inArray(accounts.email, emails),
        isNotNull(accounts.verifiedAt),
      ),
    )
  return found.map(({ email }) => email)
}

const uniqueBy = <T>(all: T[], key: (one: T) => string): T[] => [
  ...new Map(all.map((one) => [key(one), one])).values(),
]
