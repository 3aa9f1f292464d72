import { and, eq, inArray } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { accounts, auditEntries, organizationDomains, ssoIdentities } from '#db/schema.ts'

/** Opens the other ways in again for a domain. The organization reads in its trail that nobody of it did. */
export async function releaseDomain(db: Db, domain: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const released = await tx
      .update(organizationDomains)
      .set({ enforcesSso: false })
      .where(and(eq(organizationDomains.domain, domain), eq(organizationDomains.enforcesSso, true)))
      .returning({ organizationId: organizationDomains.organizationId })
    for (const { organizationId } of released)
      await tx.insert(auditEntries).values({
        organizationId,
        action: 'sso-changed',
        detail: { setting: 'only way in', domain, to: false },
        at: new Date(),
      })
    return released.length > 0
  })
}

/** Forgets who an account is at providers; gives at how many. */
export async function forgetIdentities(db: Db, email: string): Promise<number> {
  const owner = db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
  const forgotten = await db
    .delete(ssoIdentities)
    .where(inArray(ssoIdentities.accountId, owner))
    .returning({ id: ssoIdentities.id })
  return forgotten.length
}
