import { and, eq } from 'drizzle-orm'
import { commitments } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { commitmentCalls, MyCommitment } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { readCommitmentsWithPlace } from './read-commitments.ts'

/** Says what became of a commitment of mine. It stays mine, also after I left the group it was said in. */
export async function closeCommitment(
  house: House,
  { account }: SignedIn,
  { params, body }: Input<typeof commitmentCalls.closeCommitment>,
): Promise<MyCommitment> {
  const mine = and(eq(commitments.id, params.id), eq(commitments.accountId, account.id))
  const changed = await house.db
    .update(commitments)
    .set({
      status: body.status,
      ...(body.reflection === undefined ? {} : { reflection: body.reflection.trim() }),
      closedAt: body.status === 'open' ? null : house.now(),
    })
    .where(mine)
    .returning({ id: commitments.id })
  const [commitment] =
    changed.length > 0 ? await readCommitmentsWithPlace(house.db, eq(commitments.id, params.id)) : []
  if (!commitment) throw new Refusal('not-found')
  return commitment
}
