import { asc, eq } from 'drizzle-orm'
import { organizationDomains } from '#db/schema.ts'
import type { OrganizationDomain } from '#shared/organizations.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'

export type DomainRow = typeof organizationDomains.$inferSelect

export async function listDomains(house: House, { organization }: Admin): Promise<OrganizationDomain[]> {
  const rows = await house.db
    .select()
    .from(organizationDomains)
    .where(eq(organizationDomains.organizationId, organization.id))
    .orderBy(asc(organizationDomains.domain))
  return rows.map((row) => showDomain(house, row))
}

export function showDomain(house: House, row: DomainRow): OrganizationDomain {
  const { id, domain, method, mailbox, expiresAt, verifiedAt, checkedAt, problem } = row
  return {
    id,
    domain,
    method,
    mailbox,
    expiresAt: expiresAt?.toISOString() ?? null,
    record: method === 'dns' ? recordOf(house, row) : null,
    provenAt: verifiedAt?.toISOString() ?? null,
    checkedAt: checkedAt?.toISOString() ?? null,
    problem: verifiedAt ? null : problem,
  }
}

/** The TXT record that proves a domain: whoever can write it runs the domain. Each claim has its own value. */
export const recordOf = (house: House, { id, domain }: Pick<DomainRow, 'id' | 'domain'>) => ({
  name: `_shortside.${domain}`,
  value: `shortside=${house.links.sign('domain', id)}`,
})
