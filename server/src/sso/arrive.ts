import { and, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues, organizationDomains, ssoIdentities, ssoLinks, ssoSignIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { sendMail } from '../mail/send-mail.ts'
import { domainOf } from '../organizations/find-colleague.ts'
import { lockOrganization, type LockedOrganization } from '../organizations/lock-organization.ts'
import { accountOfMailbox } from '../sign-in/account-of-mailbox.ts'
import { openSignIn } from '../sign-in/engine.ts'
import type { AccountRow, Visitor } from '../sign-in/guards.ts'
import type { Vouched } from './finish.ts'

const CONFIRM_WITHIN_MS = 15 * 60 * 1000
const LONGEST_NAME = 80
const isAddress = (text: string) => text.length <= 254 && /^[^\s@]+@[^\s@]+$/u.test(text)

/** What becomes of somebody whom a provider vouched for: a sign-in, or a mail to the owner of the account it may be. */
export type Arrival = { token: string; next: string | null } | { confirm: string }

type Identity = Pick<Vouched, 'issuer' | 'subject'>

/**
 * Lets somebody in whom a provider vouched for. Who they are is the issuer and its subject. An address only counts the
 * first time, when the provider says that it is theirs and its domain is proven for this very organization.
 */
export async function arrive(
  house: House,
  vouched: Vouched,
  visitor: Visitor,
  { zone, device }: { zone: string; device: string },
): Promise<Arrival> {
  return house.db.transaction(async (tx) => {
    const organization = await lockOrganization(tx, vouched.organization.id)
    if (organization.oidcIssuer !== vouched.organization.oidcIssuer)
      throw new Refusal('conflict', 'Your company changed its sign-in just now. Begin again.')
    const known = await findIdentity(tx, vouched)
    if (known) {
      // Another organization with the same provider has to have a claim of its own to this person.
      if (known.organizationId !== organization.id) await requireOurAddress(tx, organization, vouched.email)
      return enterThrough(house, tx, organization, known.account, vouched, device)
    }

    const email = await requireOurAddress(tx, organization, vouched.email)
    const before = await findAccount(tx, email)
    if (before) {
      await refuseSecondSubject(tx, before, vouched.issuer)
      const isTheirs = visitor.account?.id === before.id
      if (before.passwordHash && before.verifiedAt && !isTheirs) {
        await mailConfirmation(house, tx, organization, before, vouched)
        return { confirm: before.email }
      }
    }
    const account = await accountOfMailbox(house, tx, { email, name: nameFor(vouched.name, email), zone })
    await (before ? connectExisting : connect)(house, tx, organization, account, vouched)
    return enterThrough(house, tx, organization, account, vouched, device)
  })
}

/** Connects an account that was there before, and tells its owner. */
export async function connectExisting(
  house: House,
  tx: Transaction,
  organization: LockedOrganization,
  account: AccountRow,
  identity: Identity,
): Promise<void> {
  await connect(house, tx, organization, account, identity)
  await sendMail(house, tx, {
    to: account.email,
    subject: `Your account is connected with ${organization.name}`,
    paragraphs: [
      `Hello ${account.name},`,
      `From now on the sign-in of ${organization.name} opens your account on Shortside. Whoever runs that sign-in could open it, too. If this was not you, write to an admin of ${organization.name} at once.`,
    ],
  })
}

/** Opens the sign-in, and makes a colleague of whoever was none; who left the organization stays away from it. */
export async function enterThrough(
  house: House,
  tx: Transaction,
  { id: organizationId, oidcIssuer }: LockedOrganization,
  account: AccountRow,
  { next }: { next: string | null },
  device: string,
): Promise<{ token: string; next: string | null }> {
  await tx
    .insert(colleagues)
    .values({ organizationId, accountId: account.id, role: 'colleague', joinedAt: house.now() })
    .onConflictDoNothing()
  const token = await openSignIn(house, tx, account.id, device, organizationId)
  await tx.insert(ssoSignIns).values({ signInId: hashToken(token), organizationId, issuer: oidcIssuer ?? '' })
  return { token, next }
}

async function findIdentity(tx: Transaction, { issuer, subject }: Identity) {
  const [known] = await tx
    .select({ organizationId: ssoIdentities.organizationId, account: accounts })
    .from(ssoIdentities)
    .innerJoin(accounts, eq(accounts.id, ssoIdentities.accountId))
    .where(and(eq(ssoIdentities.issuer, issuer), eq(ssoIdentities.subject, subject)))
  return known
}

async function requireOurAddress(
  tx: Transaction,
  { id, name }: LockedOrganization,
  email: string | undefined,
): Promise<string> {
  if (!email || !isAddress(email))
    throw new Refusal(
      'not-allowed',
      `The sign-in of ${name} does not say that your e-mail address is confirmed there (email_verified), so we can’t tell who you are. Tell whoever runs it.`,
    )
  const [proven] = await tx
    .select({ id: organizationDomains.id })
    .from(organizationDomains)
    .where(
      and(
        eq(organizationDomains.organizationId, id),
        eq(organizationDomains.domain, domainOf(email)),
        isNotNull(organizationDomains.verifiedAt),
      ),
    )
  if (!proven)
    throw new Refusal(
      'not-allowed',
      `The sign-in of ${name} says that you are ${email}, and ${domainOf(email)} is not proven to be a domain of ${name}. Sign in there with your address at the company, or tell an admin.`,
    )
  return email
}

async function findAccount(tx: Transaction, email: string): Promise<AccountRow | undefined> {
  const [account] = await tx.select().from(accounts).where(eq(accounts.email, email)).for('update')
  return account
}

/** What the provider calls them, or the beginning of their address. */
function nameFor(said: string, email: string): string {
  const name = said
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim()
  return name || email.slice(0, email.lastIndexOf('@')).slice(0, LONGEST_NAME)
}

/** An address may pass from one person to the next; the account of the first stays theirs. */
async function refuseSecondSubject(tx: Transaction, account: AccountRow, issuer: string): Promise<void> {
  const [other] = await tx
    .select({ id: ssoIdentities.id })
    .from(ssoIdentities)
    .where(and(eq(ssoIdentities.accountId, account.id), eq(ssoIdentities.issuer, issuer)))
  if (other)
    throw new Refusal(
      'conflict',
      `The account of ${account.email} belongs to somebody else at your company’s sign-in, so it stays closed. If it is yours, the operator of this instance can connect it anew.`,
    )
}

async function connect(
  house: House,
  tx: Transaction,
  { id: organizationId }: LockedOrganization,
  { id: accountId }: AccountRow,
  { issuer, subject }: Identity,
): Promise<void> {
  const [connected] = await tx
    .insert(ssoIdentities)
    .values({ organizationId, accountId, issuer, subject, createdAt: house.now() })
    .onConflictDoNothing()
    .returning({ id: ssoIdentities.id })
  if (!connected)
    throw new Refusal('conflict', 'This sign-in was just connected with an account. Begin again.')
}

async function mailConfirmation(
  house: House,
  tx: Transaction,
  organization: LockedOrganization,
  account: AccountRow,
  { issuer, subject, next }: Vouched,
): Promise<void> {
  const token = newToken()
  await tx.delete(ssoLinks).where(eq(ssoLinks.accountId, account.id))
  await tx.insert(ssoLinks).values({
    tokenHash: hashToken(token),
    organizationId: organization.id,
    accountId: account.id,
    issuer,
    subject,
    next,
    expiresAt: new Date(house.now().getTime() + CONFIRM_WITHIN_MS),
  })
  await sendMail(house, tx, {
    to: account.email,
    subject: `Connect your account with ${organization.name}`,
    paragraphs: [
      `Hello ${account.name},`,
      `Somebody, probably you, just signed in through ${organization.name}. This address has an account on Shortside with a password of its own, so nothing was opened yet. If it was you, connect the two. If not, ignore this mail, and nothing happens.`,
    ],
    action: { label: 'Connect my account', url: `${house.config.origin}/sign-in/company/connect/${token}` },
    footer: 'The link works once, for 15 minutes.',
  })
}
