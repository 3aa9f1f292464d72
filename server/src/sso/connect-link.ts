import { and, eq, gt } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, organizations, ssoLinks } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { connectExisting, enterThrough } from './arrive.ts'

export async function readConnectLink(
  house: House,
  token: string,
): Promise<{ email: string; organization: string }> {
  const { account, organization } = await findLink(house, house.db, token)
  return { email: account.email, organization: organization.name }
}

/** Uses a link, once: its owner says that the person at the provider is them. */
export async function useConnectLink(
  house: House,
  token: string,
  device: string,
): Promise<{ token: string; next: string | null }> {
  return house.db.transaction(async (tx) => {
    const { link, account } = await findLink(house, tx, token)
    const organization = await lockOrganization(tx, link.organizationId)
    const [used] = await tx
      .delete(ssoLinks)
      .where(eq(ssoLinks.tokenHash, link.tokenHash))
      .returning({ accountId: ssoLinks.accountId })
    if (!used) throw new Refusal('link-used-up')
    await connectExisting(house, tx, organization, account, link)
    return enterThrough(house, tx, organization, account, link, device)
  })
}

/** Only while the organization still has the provider that vouched. */
async function findLink(house: House, reader: Reader, token: string) {
  const [found] = await reader
    .select({ link: ssoLinks, account: accounts, organization: organizations })
    .from(ssoLinks)
    .innerJoin(accounts, eq(accounts.id, ssoLinks.accountId))
    .innerJoin(organizations, eq(organizations.id, ssoLinks.organizationId))
    .where(and(eq(ssoLinks.tokenHash, hashToken(token)), gt(ssoLinks.expiresAt, house.now())))
  const sameIssuer =
    found && URL.parse(found.organization.oidcIssuer ?? '')?.href === URL.parse(found.link.issuer)?.href
  if (!sameIssuer) throw new Refusal('link-used-up')
  return found
}
