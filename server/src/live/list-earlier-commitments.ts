import { and, eq, gte, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { commitments, memberships, sessions } from '#db/schema.ts'
import type { Commitment } from '#shared/commitments.ts'
import { readCommitmentsOf } from '../commitments/read-commitments.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'

/**
 * What members promised at earlier sessions: what is open, "partly" and "not yet" included unless their owner said that
 * this was it, and what was answered since the room is open, so that nothing
 * vanishes while it is talked about. It was said in the circle, so the circle reads it.
 */
export async function listEarlierCommitments(house: House, { session }: Seat): Promise<Commitment[]> {
  const isOpen = or(
    eq(commitments.status, 'open'),
    and(inArray(commitments.status, ['partly', 'not-yet']), eq(commitments.comesBack, true)),
  )
  const asked = session.openedAt ? or(isOpen, gte(commitments.closedAt, session.openedAt)) : isOpen
  const which = and(
    eq(commitments.groupId, session.groupId),
    ne(commitments.sessionId, session.id),
    // What the group no longer keeps is its maker's alone.
    isNull(sessions.forgottenAt),
    lt(sessions.startsAt, session.startsAt),
    asked,
    sql`exists (select 1 from ${memberships} m where m.group_id = ${commitments.groupId}
      and m.account_id = ${commitments.accountId} and m.status = 'active')`,
  )
  return which ? readCommitmentsOf(house.db, which) : []
}
