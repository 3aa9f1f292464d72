import { and, asc, eq, isNotNull, ne, or, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { attendances, coFacilitators, memberships } from '#db/schema.ts'
import type { SessionRow } from '../sessions/guards.ts'

/**
 * Who may run a session, in the order in which they take over: its facilitator, those who were named for it, then other
 * facilitators and organizers as they came in.
 */
export async function findChairs(
  reader: Reader,
  { id, groupId, facilitatorId }: Pick<SessionRow, 'id' | 'groupId' | 'facilitatorId'>,
): Promise<{ accountId: string; arrived: boolean }[]> {
  const rows = await reader
    .select({ accountId: memberships.accountId, arrivedAt: attendances.arrivedAt })
    .from(memberships)
    .leftJoin(
      coFacilitators,
      and(eq(coFacilitators.sessionId, id), eq(coFacilitators.accountId, memberships.accountId)),
    )
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, id), eq(attendances.accountId, memberships.accountId)),
    )
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        or(ne(memberships.role, 'member'), isNotNull(coFacilitators.accountId)),
      ),
    )
    .orderBy(
      sql`${memberships.accountId} is not distinct from ${facilitatorId}::uuid desc`,
      sql`${coFacilitators.position} asc nulls last`,
      sql`${attendances.arrivedAt} asc nulls last`,
      asc(memberships.accountId),
    )
  return rows.map(({ accountId, arrivedAt }) => ({ accountId, arrived: arrivedAt !== null }))
}
