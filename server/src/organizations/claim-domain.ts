import { and, count, eq, isNotNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { organizationDomains } from '#db/schema.ts'
import { isDomain } from '#shared/groups.ts'
import { isMailProvider } from '#shared/mail-providers.ts'
import {
  DOMAIN_LINK_HOURS,
  MOST_ORGANIZATION_DOMAINS,
  type DomainDraft,
  type Mailbox,
  type OrganizationDomain,
} from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Tries } from '../sign-in/tries.ts'
import { domainLetter } from './domain-letters.ts'
import type { Admin } from './guards.ts'
import { showDomain, type DomainRow } from './list-domains.ts'
import { lockAsAdmin, type LockedOrganization } from './lock-organization.ts'

const HOUR = 3_600_000

/** Begins to prove a domain, or begins anew; the link of an earlier mail is good no more. */
export async function claimDomain(
  house: House,
  admin: Admin,
  draft: DomainDraft,
  mailed: Tries,
): Promise<OrganizationDomain> {
  const domain = checkDomain(draft.domain)
  const mailbox = draft.method === 'mail' ? requireMailbox(draft.mailbox) : undefined
  if (mailbox) mailed.check(domain)
  return house.db.transaction(async (tx) => {
    const organization = await lockAsAdmin(tx, admin)
    await requireFree(tx, organization.id, domain)
    const row = await keepClaim(house, tx, organization, domain, draft.method)
    if (!mailbox) return showDomain(house, row)
    mailed.count(domain)
    return showDomain(house, await mailLink(house, tx, admin, row, mailbox))
  })
}

function checkDomain(given: string): string {
  const domain = given.trim().replace(/^@/, '').replace(/\.$/, '').toLowerCase()
  if (!isDomain(domain)) {
    throw new Refusal(
      'invalid',
      `“${given.trim()}” is not an e-mail domain. Write what stands after the @, such as example.com.`,
      'domain',
    )
  }
  if (isMailProvider(domain)) {
    throw new Refusal(
      'invalid',
      `Anybody can have an address at ${domain}, so it says nothing about where they work. Use a domain that belongs to your company.`,
      'domain',
    )
  }
  return domain
}

function requireMailbox(mailbox: Mailbox | undefined): Mailbox {
  if (mailbox) return mailbox
  throw new Refusal('invalid', 'Choose the mailbox that we should write to.', 'mailbox')
}

async function requireFree(tx: Transaction, organizationId: string, domain: string): Promise<void> {
  const [mine] = await tx
    .select({ provenAt: organizationDomains.verifiedAt })
    .from(organizationDomains)
    .where(
      and(eq(organizationDomains.domain, domain), eq(organizationDomains.organizationId, organizationId)),
    )
  if (mine?.provenAt) throw new Refusal('conflict', `${domain} is proven already.`, 'domain')
  await requireNotTaken(tx, organizationId, domain)
  const [all] = await tx
    .select({ domains: count() })
    .from(organizationDomains)
    .where(eq(organizationDomains.organizationId, organizationId))
  if (!mine && (all?.domains ?? 0) >= MOST_ORGANIZATION_DOMAINS) {
    throw new Refusal(
      'invalid',
      `An organization can have ${MOST_ORGANIZATION_DOMAINS} domains. Remove one that you no longer need.`,
      'domain',
    )
  }
}

/** @throws Refusal when another organization has proven the domain. */
export async function requireNotTaken(
  tx: Transaction,
  organizationId: string,
  domain: string,
): Promise<void> {
  const [taken] = await tx
    .select({ id: organizationDomains.id })
    .from(organizationDomains)
    .where(
      and(
        eq(organizationDomains.domain, domain),
        ne(organizationDomains.organizationId, organizationId),
        isNotNull(organizationDomains.verifiedAt),
      ),
    )
  if (!taken) return
  throw new Refusal(
    'conflict',
    `Another organization here has proven ${domain}. If your company has two, one of them has to remove the domain first.`,
    'domain',
  )
}

async function keepClaim(
  { now }: House,
  tx: Transaction,
  { id: organizationId }: LockedOrganization,
  domain: string,
  method: DomainDraft['method'],
): Promise<DomainRow> {
  const claim = {
    method,
    mailbox: null,
    tokenHash: null,
    expiresAt: null,
    checkedAt: null,
    problem: null,
    askedAt: now(),
  }
  const [row] = await tx
    .insert(organizationDomains)
    .values({ organizationId, domain, ...claim })
    .onConflictDoUpdate({
      target: [organizationDomains.organizationId, organizationDomains.domain],
      set: claim,
    })
    .returning()
  if (!row) throw new Refusal('conflict')
  return row
}

async function mailLink(
  house: House,
  tx: Transaction,
  { account, organization }: Admin,
  { id, domain }: DomainRow,
  mailbox: Mailbox,
): Promise<DomainRow> {
  const token = newToken()
  const to = `${mailbox}@${domain}`
  const [row] = await tx
    .update(organizationDomains)
    .set({
      mailbox: to,
      tokenHash: hashToken(token),
      expiresAt: new Date(house.now().getTime() + DOMAIN_LINK_HOURS * HOUR),
    })
    .where(eq(organizationDomains.id, id))
    .returning()
  if (!row) throw new Refusal('conflict')
  const url = `${house.config.origin}/prove-domain/${token}`
  await sendMail(
    house,
    tx,
    domainLetter({ to, url, domain, organization: organization.name, asking: account }),
  )
  return row
}
