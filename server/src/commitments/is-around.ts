import { sql } from 'drizzle-orm'
import { attendances, commitments, memberships, sessionGuests, witnesses } from '#db/schema.ts'

/**
 * Of a witness and their commitment: they are in its group, or were a guest of its session. Whoever leaves is gone as a
 * witness, without a word.
 */
export const isAround = sql`(
  exists (select 1 from ${memberships} m where m.group_id = ${witnesses.groupId}
    and m.account_id = ${witnesses.accountId} and m.status = 'active')
  or exists (select 1 from ${sessionGuests} g join ${attendances} a
    on a.session_id = g.session_id and a.account_id = g.account_id
    where g.session_id = ${commitments.sessionId} and g.account_id = ${witnesses.accountId}
      and g.removed_at is null))`
