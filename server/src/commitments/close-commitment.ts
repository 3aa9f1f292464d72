import { and, asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { commitments, outcomes, rooms, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { putsRight, type commitmentCalls, type MyCommitment } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { tellRooms } from '../rooms/change-room.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { readCommitmentsWithPlace } from './read-commitments.ts'
import { tellWitness } from './tell-witness.ts'

type Closing = Input<typeof commitmentCalls.closeCommitment>
type Row = typeof commitments.$inferSelect

/**
 * Says what became of a commitment of mine. It stays mine, also after I left the group it was said in. Each room
 * of the group that is open hears that it was answered, and so does its witness.
 */
export async function closeCommitment(
  house: House,
  { account }: SignedIn,
  closing: Closing,
): Promise<MyCommitment> {
  const { id } = closing.params
  const told = await house.db.transaction(async (tx) => {
    const meeting = await holdOpenRooms(tx, id, account.id)
    return (await close(house, tx, account.id, closing))
      ? tellRooms(house, tx, meeting, { type: 'promise-answered', commitmentId: id })
      : []
  })
  for (const { roomId, number } of told) house.rooms.announce(roomId, number)
  const [commitment] = await readCommitmentsWithPlace(house.db, isMine(id, account.id))
  if (!commitment) throw new Refusal('not-found')
  return commitment
}

const isMine = (id: string, accountId: string) =>
  and(eq(commitments.id, id), eq(commitments.accountId, accountId))

/** Says whether it changed anything: a retry does not. */
async function close(
  house: House,
  tx: Transaction,
  accountId: string,
  { params, body }: Closing,
): Promise<boolean> {
  const [before] = await tx.select().from(commitments).where(isMine(params.id, accountId)).for('update')
  if (!before) throw new Refusal('not-found')
  const now = house.now()
  const adds = before.status !== 'open' && !putsRight(before.closedAt, now)
  const reflection =
    body.reflection?.trim() ?? (adds && body.status !== before.status ? '' : before.reflection)
  const comesBack = body.comesBack ?? (body.status === before.status ? before.comesBack : true)
  if (body.status === before.status && reflection === before.reflection && comesBack === before.comesBack)
    return false
  const saysMore = body.status !== before.status || reflection !== before.reflection
  if (adds && saysMore) await keepOutcome(tx, before)
  await tx
    .update(commitments)
    .set({
      status: body.status,
      reflection,
      comesBack,
      ...(saysMore ? { closedAt: body.status === 'open' ? null : now } : {}),
    })
    .where(eq(commitments.id, before.id))
  if (body.status !== 'open' && saysMore) await tellWitness(house, tx, before.id)
  return true
}

/** What was said earlier stays beside what is said now. */
async function keepOutcome(
  tx: Transaction,
  { id, status, reflection, closedAt, madeAt }: Row,
): Promise<void> {
  if (status === 'open') return
  await tx.insert(outcomes).values({ commitmentId: id, status, reflection, saidAt: closedAt ?? madeAt })
}

/** Where the group of this commitment meets right now. The rooms are held before the commitment, as in every live verb. */
async function holdOpenRooms(tx: Transaction, commitmentId: string, accountId: string): Promise<string[]> {
  const found = await tx
    .select({ id: sessions.id })
    .from(commitments)
    .innerJoin(sessions, and(eq(sessions.groupId, commitments.groupId), eq(sessions.status, 'live')))
    .innerJoin(rooms, eq(rooms.id, sessions.id))
    .where(isMine(commitmentId, accountId))
    .orderBy(asc(rooms.id))
    .for('update', { of: rooms })
  return found.map((room) => room.id)
}
