import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, organizationDomains } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'

/** Domains whose accounts sign in through the provider of their organization only. */
const isCompanyOnly = and(
  isNotNull(organizationDomains.verifiedAt),
  eq(organizationDomains.enforcesSso, true),
)

/**
 * Of an address, whether or not it has an account: whoever asks hears the same.
 * @throws Refusal `company-sign-in`
 */
export async function refuseCompanyOnly(reader: Reader, email: string): Promise<void> {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  const [found] = await reader
    .select({ domain: organizationDomains.domain })
    .from(organizationDomains)
    .where(and(isCompanyOnly, eq(organizationDomains.domain, domain)))
  if (found) throw new Refusal('company-sign-in')
}

/** @throws Refusal `company-sign-in` unless the account may come in, by its organization or because none asks for it. */
export async function requireCompanySignIn(
  reader: Reader,
  accountId: string,
  vouchedBy: string | undefined,
): Promise<void> {
  const [found] = await reader
    .select({ domain: organizationDomains.domain })
    .from(accounts)
    .innerJoin(
      organizationDomains,
      eq(organizationDomains.domain, sql`split_part(${accounts.email}, '@', -1)`),
    )
    .where(
      and(
        isCompanyOnly,
        eq(accounts.id, accountId),
        vouchedBy ? ne(organizationDomains.organizationId, vouchedBy) : undefined,
      ),
    )
  if (found) throw new Refusal('company-sign-in')
}
