import { and, eq, gte, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { auditEntries, memberships } from '#db/schema.ts'

/** What an account is the subject of: entries that name it, and tables taken while it was in the group. */
export function aboutMe(reader: Reader, accountId: string): SQL | undefined {
  const inTable = reader
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, auditEntries.groupId),
        eq(memberships.accountId, accountId),
        lte(memberships.joinedAt, auditEntries.at),
        or(isNull(memberships.endedAt), gte(memberships.endedAt, auditEntries.at)),
      ),
    )
  return or(
    eq(auditEntries.subjectId, accountId),
    and(inArray(auditEntries.action, ['roster-exported', 'attendance-exported']), sql`exists (${inTable})`),
  )
}
