import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { organizations, ssoIdentities } from '#db/schema.ts'

/** Who I am at the providers of companies. */
export async function readMyCompanySignIns(tx: Transaction, accountId: string) {
  const mine = await tx
    .select({
      organization: organizations.name,
      issuer: ssoIdentities.issuer,
      subject: ssoIdentities.subject,
      createdAt: ssoIdentities.createdAt,
    })
    .from(ssoIdentities)
    .innerJoin(organizations, eq(organizations.id, ssoIdentities.organizationId))
    .where(eq(ssoIdentities.accountId, accountId))
    .orderBy(asc(ssoIdentities.createdAt))
  return {
    companySignIns: mine.map(({ createdAt, ...identity }) => ({
      ...identity,
      since: createdAt.toISOString(),
    })),
  }
}
