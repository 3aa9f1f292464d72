import { and, eq, gt, lt, ne } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, mailLinks, signIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { MailLinkPurpose } from '#shared/sign-in.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { sendMail } from '../mail/send-mail.ts'
import { normaliseEmail } from './email.ts'
import { openSignIn } from './engine.ts'
import { hashPassword } from './passwords.ts'
import { mailSuspension } from './suspended.ts'

const LINK_HOLDS_MS = 15 * 60 * 1000

/** Makes a single-use link and gives its address. Only the hash of its token is stored. */
export async function mailLink(
  { config, now }: House,
  tx: Transaction,
  accountId: string,
  purpose: MailLinkPurpose,
  next?: string,
): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(now().getTime() + LINK_HOLDS_MS)
  await tx.delete(mailLinks).where(lt(mailLinks.expiresAt, now()))
  await tx
    .insert(mailLinks)
    .values({ tokenHash: hashToken(token), accountId, purpose, next: next ?? null, expiresAt })
  return `${config.origin}/mail-link/${token}`
}

const LETTERS: Record<MailLinkPurpose, { subject: string; line: string; label: string }> = {
  verify: {
    subject: 'Confirm your address for Shortside',
    line: 'One click, and your address is confirmed.',
    label: 'Confirm my address',
  },
  'sign-in': {
    subject: 'Your sign-in link for Shortside',
    line: 'Here is your link to sign in.',
    label: 'Sign in',
  },
  reset: {
    subject: 'A new password for Shortside',
    line: 'Here is your link to choose a new password.',
    label: 'Choose a new password',
  },
}

/** Longer than it takes to store a mail: the time of the answer does not tell who has an account. */
const ANSWER_TAKES_MS = 150

/** Mails a link, or does nothing when nobody has that address: the answer is the same, and takes as long. */
export async function sendMailLink(
  house: House,
  address: string,
  purpose: MailLinkPurpose,
  next?: string,
): Promise<void> {
  await Promise.all([mailIfKnown(house, normaliseEmail(address), purpose, next), sleep(ANSWER_TAKES_MS)])
}

async function mailIfKnown(
  house: House,
  email: string,
  purpose: MailLinkPurpose,
  next: string | undefined,
): Promise<void> {
  const { subject, line, label } = LETTERS[purpose]
  await house.db.transaction(async (tx) => {
    const [account] = await tx.select().from(accounts).where(eq(accounts.email, email))
    if (!account) return
    if (account.suspendedAt) return mailSuspension(house, tx, account)
    await sendMail(house, tx, {
      to: email,
      subject,
      paragraphs: [`Hello ${account.name},`, `${line} If you did not ask for it, ignore this mail.`],
      action: { label, url: await mailLink(house, tx, account.id, purpose, next) },
      footer: 'The link works once, for 15 minutes.',
    })
  })
}

export async function readMailLink(
  house: House,
  token: string,
): Promise<{ purpose: MailLinkPurpose; email: string }> {
  const { purpose, email } = await findLink(house, house.db, token)
  return { purpose, email }
}

/**
 * Uses a link, once: the mailbox is proven, so the address is confirmed and its owner signed in. An account that
 * somebody else may have made with this address loses the password they chose, unless the link was theirs to use.
 */
export async function useMailLink(
  house: House,
  token: string,
  password: string | undefined,
  device: string,
): Promise<{ token: string; next: string | null }> {
  const passwordHash = password ? await hashPassword(password) : undefined
  return house.db.transaction(async (tx) => {
    const link = await findLink(house, tx, token)
    if (link.purpose === 'reset' && !passwordHash)
      throw new Refusal('invalid', 'Choose a new password.', 'password')
    const [used] = await tx
      .delete(mailLinks)
      .where(eq(mailLinks.tokenHash, hashToken(token)))
      .returning()
    if (!used) throw new Refusal('link-used-up')

    const strangersPassword = link.purpose === 'sign-in' && !link.verifiedAt
    const changes = {
      verifiedAt: link.verifiedAt ?? house.now(),
      ...(link.purpose === 'reset' ? { passwordHash } : strangersPassword ? { passwordHash: null } : {}),
    }
    await tx.update(accounts).set(changes).where(eq(accounts.id, link.accountId))
    if (link.purpose === 'reset' || strangersPassword) {
      await tx.delete(mailLinks).where(eq(mailLinks.accountId, link.accountId))
      await endSignIns(house, tx, link.accountId)
    }
    return { token: await openSignIn(house, tx, link.accountId, device), next: link.next }
  })
}

async function findLink(house: House, reader: Reader, token: string) {
  const [link] = await reader
    .select({
      accountId: mailLinks.accountId,
      purpose: mailLinks.purpose,
      next: mailLinks.next,
      email: accounts.email,
      verifiedAt: accounts.verifiedAt,
    })
    .from(mailLinks)
    .innerJoin(accounts, eq(accounts.id, mailLinks.accountId))
    .where(and(eq(mailLinks.tokenHash, hashToken(token)), gt(mailLinks.expiresAt, house.now())))
  if (!link || link.purpose === 'my-data') throw new Refusal('link-used-up')
  return { ...link, purpose: link.purpose }
}

/** Ends all sign-ins of an account, but the one that is kept; their sockets close too. */
export async function endSignIns(house: House, reader: Reader, accountId: string, keep = ''): Promise<void> {
  const ended = await reader
    .delete(signIns)
    .where(and(eq(signIns.userId, accountId), ne(signIns.id, keep)))
    .returning({ id: signIns.id })
  for (const { id } of ended) house.rooms.endSignIn(id)
}
