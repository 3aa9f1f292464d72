import { asc, eq, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { auditEntries, colleagues, groups, organizations } from '#db/schema.ts'
import { aboutMe } from '../audit-trail/about-me.ts'
import { orNull } from './or-null.ts'

/** Where I am or was a colleague, and what was kept of what was done to me and by me. Others are not named. */
export async function readMyOrganizations(tx: Transaction, accountId: string) {
  const mine = await tx
    .select({ organization: organizations.name, colleague: colleagues })
    .from(colleagues)
    .innerJoin(organizations, eq(organizations.id, colleagues.organizationId))
    .where(eq(colleagues.accountId, accountId))
    .orderBy(asc(colleagues.joinedAt))
  return {
    organizations: mine.map(({ organization, colleague: { role, status, joinedAt, endedAt } }) => ({
      organization,
      role,
      status,
      joinedAt: joinedAt.toISOString(),
      endedAt: orNull(endedAt),
    })),
    keptAboutMe: await readKept(tx, aboutMe(tx, accountId)),
    keptByMe: await readKept(tx, eq(auditEntries.actorId, accountId)),
  }
}

async function readKept(tx: Transaction, which: SQL | undefined) {
  const rows = await tx
    .select({
      action: auditEntries.action,
      group: groups.name,
      organization: organizations.name,
      at: auditEntries.at,
    })
    .from(auditEntries)
    .leftJoin(groups, eq(groups.id, auditEntries.groupId))
    .leftJoin(organizations, eq(organizations.id, auditEntries.organizationId))
    .where(which)
    .orderBy(asc(auditEntries.at), asc(auditEntries.id))
  return rows.map(({ action, group, organization, at }) => ({
    action,
    place: group ?? organization,
    at: at.toISOString(),
  }))
}
