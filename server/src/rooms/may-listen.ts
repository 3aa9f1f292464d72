import { and, gt, inArray, sql } from 'drizzle-orm'
import type { Db, Reader } from '#db/connect.ts'
import { memberships, signIns } from '#db/schema.ts'

/** Of these people and rooms, who is a guest in which. */
export type FindSeats = (
  reader: Reader,
  accountIds: string[],
  roomIds: string[],
) => Promise<{ accountId: string; roomId: string }[]>

type Listening = {
  readonly roomId: string
  readonly groupId: string
  readonly accountId: string
  readonly signInId: string
}

/** Of those who listen, who may not any more: neither a member nor a guest of the room, or in a sign-in that has ended. */
export async function findWhoMayNot<One extends Listening>(
  db: Db,
  findSeats: FindSeats,
  listening: readonly One[],
): Promise<Set<One>> {
  const keyOf = ({ groupId, accountId, signInId }: Listening) => `${groupId} ${accountId} ${signInId}`
  const rights = [...new Map(listening.map((one) => [keyOf(one), one])).values()]
  if (rights.length === 0) return new Set()
  const { rows } = await db.execute<{ place: number }>(sql`
    select place::int from unnest(
      ${sql.param(rights.map(({ groupId }) => groupId))}::uuid[],
      ${sql.param(rights.map(({ accountId }) => accountId))}::uuid[],
      ${sql.param(rights.map(({ signInId }) => signInId))}::text[]
    ) with ordinality as given (group_id, account_id, sign_in_id, place)
    where not exists (
      select from ${memberships}
      where ${memberships.groupId} = given.group_id and ${memberships.accountId} = given.account_id
        and ${memberships.status} = 'active'
    ) or not exists (
      select from ${signIns}
      where ${signIns.id} = given.sign_in_id and ${signIns.userId} = given.account_id
        and ${signIns.expiresAt} > now()
    )`)
  const doubtful = new Set(rows.flatMap(({ place }) => rights[place - 1] ?? []).map(keyOf))
  const others = listening.filter((one) => doubtful.has(keyOf(one)))
  const seated = await seatedAmong(db, findSeats, others)
  return new Set(others.filter((other) => !seated.includes(other)))
}

/** Guests who still sit where they listen, in a sign-in that has not ended. */
async function seatedAmong<One extends Listening>(
  db: Db,
  findSeats: FindSeats,
  others: readonly One[],
): Promise<One[]> {
  if (others.length === 0) return []
  const accountIds = [...new Set(others.map(({ accountId }) => accountId))]
  const seats = await findSeats(db, accountIds, [...new Set(others.map(({ roomId }) => roomId))])
  const open = await db
    .select({ id: signIns.id })
    .from(signIns)
    .where(and(inArray(signIns.userId, accountIds), gt(signIns.expiresAt, sql`now()`)))
  return others.filter(
    (one) =>
      seats.some((seat) => seat.roomId === one.roomId && seat.accountId === one.accountId) &&
      open.some((signIn) => signIn.id === one.signInId),
  )
}
