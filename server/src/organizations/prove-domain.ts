import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues, organizationDomains } from '#db/schema.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { requireNotTaken } from './claim-domain.ts'
import type { DomainRow } from './list-domains.ts'
import { lockOrganization } from './lock-organization.ts'

/**
 * The domain is the organization's from now on: everybody with a confirmed address there is a colleague. Those who
 * confirm one later become colleagues when they first look (find-colleague.ts).
 */
export async function proveDomain(house: House, tx: Transaction, row: DomainRow): Promise<DomainRow> {
  const { id: organizationId } = await lockOrganization(tx, row.organizationId)
  await requireNotTaken(tx, organizationId, row.domain)
  const [proven] = await tx
    .update(organizationDomains)
    .set({ verifiedAt: house.now(), tokenHash: null, expiresAt: null, problem: null })
    .where(eq(organizationDomains.id, row.id))
    .returning()
  await keepAudit(house, tx, {
    action: 'domain-proven',
    organizationId,
    detail: { domain: row.domain, method: row.method },
  })
  await tx.execute(sql`
    insert into ${colleagues} (organization_id, account_id, role, joined_at)
    select ${organizationId}::uuid, ${accounts.id}, 'colleague', ${house.now().toISOString()}::timestamptz
    from ${accounts}
    where ${accounts.verifiedAt} is not null and not ${accounts.sample}
      and split_part(${accounts.email}, '@', -1) = ${row.domain}
    on conflict do nothing`)
  return proven ?? row
}
