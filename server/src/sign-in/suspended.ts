import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, mailLinks } from '#db/schema.ts'
import { TAKE_DATA_DAYS } from '#shared/my-data.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { appealAddress, appealLine } from '../mail/appeal.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { AccountRow } from './guards.ts'

const DAY = 86_400_000

export async function requireNotSuspended(house: House, reader: Reader, accountId: string): Promise<void> {
  const [account] = await reader
    .select({ suspendedAt: accounts.suspendedAt, reason: accounts.suspendReason })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  if (!account?.suspendedAt) return
  throw new Refusal(
    'suspended',
    `This account is suspended. The reason: “${account.reason ?? ''}” To appeal, write to ${await appealAddress(house, reader)}. To take your data along, have a sign-in link mailed to you; it opens your data, and nothing else.`,
  )
}

/** Instead of any other mail: why the account is suspended, where to appeal, and a link to take what is theirs along. */
export async function mailSuspension(
  house: House,
  tx: Transaction,
  { id, name, email, suspendReason }: AccountRow,
): Promise<void> {
  await sendMail(house, tx, {
    to: email,
    evenSuspended: true,
    subject: 'Your account on Shortside is suspended',
    paragraphs: [
      `Hello ${name},`,
      'The operator of this instance suspended your account, and you can’t sign in any more. They wrote:',
      suspendReason ?? '',
      await appealLine(house, tx),
      'What you wrote stays yours. The link below lets you take all of it along; so does asking for a sign-in link later.',
    ],
    action: { label: 'Take my data along', url: await makeDataLink(house, tx, id) },
    footer: `The link works for ${TAKE_DATA_DAYS} days. Whoever has it can take your data, so keep this mail to yourself.`,
  })
}

/** A newer link ends the one before. */
async function makeDataLink(house: House, tx: Transaction, accountId: string): Promise<string> {
  const token = newToken()
  await tx.delete(mailLinks).where(and(eq(mailLinks.accountId, accountId), eq(mailLinks.purpose, 'my-data')))
  await tx.insert(mailLinks).values({
    tokenHash: hashToken(token),
    accountId,
    purpose: 'my-data',
    expiresAt: new Date(house.now().getTime() + TAKE_DATA_DAYS * DAY),
  })
  return `${house.config.origin}/take-data/${token}`
}
