import { and, eq, inArray, isNotNull, ne, notInArray, sql } from 'drizzle-orm'
import { accounts, mailLinks, organizationDomains, signIns, ssoSignIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { SsoSettings } from '#shared/sso.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { Admin } from '../organizations/guards.ts'
import { lockAsAdmin } from '../organizations/lock-organization.ts'
import { isConnected } from './open-provider.ts'
import { cameThrough, readSettings } from './settings.ts'

/**
 * From now on accounts of a domain sign in through the provider only: what they opened in another way ends. Only an admin
 * who came through it can ask for that, so that nobody locks everybody out.
 */
export async function enforceDomain(
  house: House,
  admin: Admin,
  domainId: string,
  enforces: boolean,
): Promise<SsoSettings> {
  const ended: string[] = []
  const settings = await house.db.transaction(async (tx) => {
    const organization = await lockAsAdmin(tx, admin)
    const which = and(
      eq(organizationDomains.id, domainId),
      eq(organizationDomains.organizationId, organization.id),
      isNotNull(organizationDomains.verifiedAt),
    )
    const [domain] = await tx.select().from(organizationDomains).where(which).for('update')
    if (!domain) throw new Refusal('not-found')
    if (domain.enforcesSso === enforces) return readSettings(house, tx, admin)
    if (enforces && !(isConnected(organization) && (await cameThrough(tx, admin.signInId, organization))))
      throw new Refusal(
        'conflict',
        'First sign in through the provider yourself. Then you know that it works, and lock nobody out.',
      )
    await tx.update(organizationDomains).set({ enforcesSso: enforces }).where(which)
    await keepAudit(house, tx, {
      action: 'sso-changed',
      organizationId: organization.id,
      actorId: admin.account.id,
      detail: { setting: 'only way in', domain: domain.domain, to: enforces },
    })
    if (enforces) {
      const ofDomain = tx
        .select({ id: accounts.id })
        .from(accounts)
        .where(eq(sql`split_part(${accounts.email}, '@', -1)`, domain.domain))
      const vouchedFor = tx
        .select({ id: ssoSignIns.signInId })
        .from(ssoSignIns)
        .where(eq(ssoSignIns.organizationId, organization.id))
      const gone = await tx
        .delete(signIns)
        .where(and(inArray(signIns.userId, ofDomain), notInArray(signIns.id, vouchedFor)))
        .returning({ id: signIns.id })
      ended.push(...gone.map(({ id }) => id))
      // Who is suspended may still take their data along.
      await tx
        .delete(mailLinks)
        .where(and(inArray(mailLinks.accountId, ofDomain), ne(mailLinks.purpose, 'my-data')))
    }
    return readSettings(house, tx, admin)
  })
  for (const id of ended) house.rooms.endSignIn(id)
  return settings
}
