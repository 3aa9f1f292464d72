import { and, eq, ne, or, sql } from 'drizzle-orm'
import type { Db, Transaction } from '#db/connect.ts'
import { commitments, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { commitmentCalls, MyCommitment } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { readCommitmentsWithPlace } from './read-commitments.ts'

type Closing = Input<typeof commitmentCalls.closeCommitment>

/**
 * Says what became of a commitment of mine. It stays mine, also after I left the group it was said in. A room of the
 * group that is open hears that it was answered.
 */
export async function closeCommitment(
  house: House,
  { account }: SignedIn,
  closing: Closing,
): Promise<MyCommitment> {
  const { id } = closing.params
  const now = house.now()
  const room = await findOpenRoom(house.db, id, account.id)
  if (room) {
    await changeRoom(house, room, async (tx, tell) => {
      if (await close(tx, account.id, closing, now)) tell({ type: 'promise-answered', commitmentId: id })
    })
  } else await close(house.db, account.id, closing, now)
  const mine = and(eq(commitments.id, id), eq(commitments.accountId, account.id)) ?? sql`false`
  const [commitment] = await readCommitmentsWithPlace(house.db, mine)
  if (!commitment) throw new Refusal('not-found')
  return commitment
}

/** Says whether it changed anything: a retry does not. */
async function close(
  db: Db | Transaction,
  accountId: string,
  { params, body }: Closing,
  now: Date,
): Promise<boolean> {
  const changed = await db
    .update(commitments)
    .set({
      status: body.status,
      ...(body.reflection === undefined ? {} : { reflection: body.reflection.trim() }),
      closedAt: body.status === 'open' ? null : now,
    })
    .where(
      and(
        eq(commitments.id, params.id),
        eq(commitments.accountId, accountId),
        or(
          ne(commitments.status, body.status),
          body.reflection === undefined ? undefined : ne(commitments.reflection, body.reflection.trim()),
        ),
      ),
    )
    .returning({ id: commitments.id })
  return changed.length > 0
}

/** Where the group of this commitment meets right now. */
async function findOpenRoom(db: Db, commitmentId: string, accountId: string): Promise<string | undefined> {
  const [room] = await db
    .select({ id: sessions.id })
    .from(commitments)
    .innerJoin(sessions, and(eq(sessions.groupId, commitments.groupId), eq(sessions.status, 'live')))
    .where(and(eq(commitments.id, commitmentId), eq(commitments.accountId, accountId)))
    .limit(1)
  return room?.id
}
