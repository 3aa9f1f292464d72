import { and, eq } from 'drizzle-orm'
import { organizationDomains } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin } from './guards.ts'
import { lockAsAdmin } from './lock-organization.ts'

/** Nobody becomes a colleague by this domain from now on. Who is one stays until an admin ends that. */
export async function removeDomain(house: House, admin: Admin, domainId: string): Promise<object> {
  await house.db.transaction(async (tx) => {
    const { id: organizationId } = await lockAsAdmin(tx, admin)
    const [removed] = await tx
      .delete(organizationDomains)
      .where(
        and(eq(organizationDomains.id, domainId), eq(organizationDomains.organizationId, organizationId)),
      )
      .returning()
    if (!removed) throw new Refusal('not-found')
    if (removed.verifiedAt) {
      await keepAudit(house, tx, {
        action: 'domain-removed',
        organizationId,
        actorId: admin.account.id,
        detail: { domain: removed.domain },
      })
    }
  })
  return {}
}
