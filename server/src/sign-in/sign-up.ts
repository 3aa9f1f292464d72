import { count, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups } from '#db/schema.ts'
import type { SignUp } from '#shared/sign-in.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { normaliseEmail } from './email.ts'
import { openSignIn } from './engine.ts'
import { mailLink } from './mail-links.ts'
import { hashPassword } from './passwords.ts'
import { mailSuspension } from './suspended.ts'

/** Any number: two people who come first at the same time take turns, so there is one operator. */
export const FIRST_ACCOUNT_LOCK = 7_467_836

/**
 * Makes an account. The very first one is the operator's and is signed in at once: there is nobody to mail it a
 * link yet, and nothing to find out. Everybody else gets a mail and the same answer, known address or not.
 */
export async function signUp(
  house: House,
  draft: SignUp,
  device: string,
): Promise<{ token: string | undefined }> {
  const email = normaliseEmail(draft.email)
  const passwordHash = await hashPassword(draft.password)
  return house.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK})`)
    const first = await isEmpty(tx)
    if (first) await clearSample(tx)
    const [account] = await tx
      .insert(accounts)
      .values({
        email,
        name: draft.name.trim(),
        passwordHash,
        zone: draft.zone,
        operator: first,
        verifiedAt: first ? house.now() : null,
        createdAt: house.now(),
      })
      .onConflictDoNothing()
      .returning()
    if (!account) return tellKnownAddress(house, tx, email, draft.next)
    if (first) return { token: await openSignIn(house, tx, account.id, device) }
    await sendMail(house, tx, {
      to: email,
      subject: 'Confirm your address for Shortside',
      paragraphs: [
        `Hello ${account.name},`,
        'One click, and you are in. If you did not sign up, ignore this mail and nothing happens.',
      ],
      action: {
        label: 'Confirm and sign in',
        url: await mailLink(house, tx, account.id, 'verify', draft.next),
      },
      footer: 'The link works once, for 15 minutes.',
    })
    return { token: undefined }
  })
}

/** The sample circle, and what was tried as its people, is never on an instance that has real accounts. */
async function clearSample(tx: Transaction): Promise<void> {
  await tx.delete(groups)
  await tx.delete(accounts).where(eq(accounts.sample, true))
}

/** Whoever signs up a second time hears so in their mailbox, where nobody else reads it. */
async function tellKnownAddress(
  house: House,
  tx: Transaction,
  email: string,
  next: string | undefined,
): Promise<{ token: undefined }> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.email, email))
  if (account?.suspendedAt) await mailSuspension(house, tx, account)
  else if (account) {
    await sendMail(house, tx, {
      to: email,
      subject: 'You already have an account on Shortside',
      paragraphs: [
        `Hello ${account.name},`,
        'Somebody, probably you, just signed up with this address, which has an account already. This link signs you in. If it was not you, ignore this mail.',
      ],
      action: { label: 'Sign in', url: await mailLink(house, tx, account.id, 'sign-in', next) },
      footer: 'The link works once, for 15 minutes.',
    })
  }
  return { token: undefined }
}

/** The people of the sample circle do not count: whoever only looked around has not taken the instance over. */
export async function isEmpty(tx: Pick<Transaction, 'select'>): Promise<boolean> {
  const [found] = await tx.select({ accounts: count() }).from(accounts).where(eq(accounts.sample, false))
  return found?.accounts === 0
}
