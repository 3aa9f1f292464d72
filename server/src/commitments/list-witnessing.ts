import { and, desc, eq, inArray, isNotNull, isNull, ne, notExists, sql } from 'drizzle-orm'
import { blockedPeople, commitments, sessions, witnesses } from '#db/schema.ts'
import type { Witnessing } from '#shared/commitments.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { isAround } from './is-around.ts'
import { readCommitmentsWithPlace } from './read-commitments.ts'

const WITNESSING_LISTED = 500

/** The commitments of others that wait for my answer, and those that I said yes to. What a group forgot is its maker's. */
export async function listWitnessing(house: House, { account }: SignedIn): Promise<Witnessing[]> {
  const mine = await house.db
    .select({ id: commitments.id, state: witnesses.state, remind: witnesses.remind })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .where(
      and(
        eq(witnesses.accountId, account.id),
        ne(witnesses.state, 'declined'),
        isNull(sessions.forgottenAt),
        isAround,
        notBlocked(house),
      ),
    )
    .orderBy(sql`${witnesses.state} = 'accepted'`, desc(commitments.madeAt), desc(commitments.id))
    .limit(WITNESSING_LISTED)
  if (mine.length === 0) return []
  const words = await readCommitmentsWithPlace(
    house.db,
    and(
      inArray(
        commitments.id,
        mine.map(({ id }) => id),
      ),
      isNotNull(commitments.sessionId),
    ),
  )
  return mine.flatMap(({ id, state, remind }) => {
    const found = words.find((one) => one.id === id)
    if (!found?.group || !found.session || state === 'declined') return []
    const { group, session, report: _, ...commitment } = found
    return [{ commitment, group, session, state, remind }]
  })
}

/** Nobody hears from people they blocked. */
export const notBlocked = ({ db }: Pick<House, 'db'>) =>
  notExists(
    db
      .select({ id: blockedPeople.blockedId })
      .from(blockedPeople)
      .where(
        and(
          eq(blockedPeople.accountId, witnesses.accountId),
          eq(blockedPeople.blockedId, commitments.accountId),
        ),
      ),
  )
