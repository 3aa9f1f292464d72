import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { organizationDomains, organizations } from '#db/schema.ts'
import type { DomainLink } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import type { DomainRow } from './list-domains.ts'
import { lockOrganization } from './lock-organization.ts'
import { proveDomain } from './prove-domain.ts'

export async function readDomainLink(house: House, token: string): Promise<DomainLink> {
  const { row, organization } = await findLink(house, house.db, token)
  return showLink(row, organization)
}

/** Proves the domain, once. Whoever reads the mailbox needs no account. */
export async function useDomainLink(house: House, token: string): Promise<DomainLink> {
  return house.db.transaction(async (tx) => {
    const { row } = await findLink(house, tx, token)
    // Two who press at the same moment take turns, and the second finds no link any more.
    await lockOrganization(tx, row.organizationId)
    const found = await findLink(house, tx, token)
    await proveDomain(house, tx, found.row)
    return showLink(found.row, found.organization)
  })
}

async function findLink(
  house: House,
  reader: Reader,
  token: string,
): Promise<{ row: DomainRow; organization: string }> {
  const [found] = await reader
    .select({ row: organizationDomains, organization: organizations.name })
    .from(organizationDomains)
    .innerJoin(organizations, eq(organizations.id, organizationDomains.organizationId))
    .where(
      and(
        eq(organizationDomains.tokenHash, hashToken(token)),
        gt(organizationDomains.expiresAt, house.now()),
        isNull(organizationDomains.verifiedAt),
      ),
    )
  if (found) return found
  throw new Refusal(
    'link-used-up',
    'This link was used already, has expired, or a newer one was mailed. An admin of the organization can send another.',
  )
}

const showLink = ({ domain, mailbox }: DomainRow, organization: string): DomainLink => ({
  organization,
  domain,
  mailbox: mailbox ?? '',
})
