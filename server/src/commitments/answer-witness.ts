import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { commitments, sessions, witnesses } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { commitmentCalls } from '#shared/commitments.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { isAround } from './is-around.ts'
import { notBlocked } from './list-witnessing.ts'

type Answer = Input<typeof commitmentCalls.answerWitness>

/**
 * "I'll ask you about it", or not. A yes is heard by everybody who has the room open, also after the session; of a no nobody
 * is told. Whoever steps back after a yes is gone from the same pages, without a word.
 */
export async function answerWitness(
  house: House,
  { account }: SignedIn,
  { params, body }: Answer,
): Promise<Record<string, never>> {
  const sessionId = await findAsked(house, account.id, params.id)
  await changeRoom(house, sessionId, async (tx, tell) => {
    if (await change(tx, account.id, params.id, body, house.now()))
      tell({ type: 'commitment-changed', commitmentId: params.id })
  })
  return {}
}

/** The session in which they were asked. */
async function findAsked(house: House, accountId: string, commitmentId: string): Promise<string> {
  const [asked] = await house.db
    .select({ sessionId: sessions.id, forgottenAt: sessions.forgottenAt })
    .from(witnesses)
    .innerJoin(commitments, eq(commitments.id, witnesses.commitmentId))
    .innerJoin(sessions, eq(sessions.id, commitments.sessionId))
    .where(and(isMine(accountId, commitmentId), isAround, notBlocked(house)))
  if (!asked || asked.forgottenAt) throw new Refusal('not-found')
  return asked.sessionId
}

const isMine = (accountId: string, commitmentId: string) =>
  and(eq(witnesses.commitmentId, commitmentId), eq(witnesses.accountId, accountId))

/** Says whether the room sees something else now. */
async function change(
  tx: Transaction,
  accountId: string,
  commitmentId: string,
  { answer, remind }: Answer['body'],
  now: Date,
): Promise<boolean> {
  const [before] = await tx
    .select({ state: witnesses.state })
    .from(witnesses)
    .where(isMine(accountId, commitmentId))
    .for('update')
  if (before?.state === 'declined' && answer === 'decline') return false
  if (!before || before.state === 'declined') throw new Refusal('not-found')
  const state = answer === 'accept' ? 'accepted' : 'declined'
  await tx
    .update(witnesses)
    .set({
      state,
      ...(before.state === state ? {} : { answeredAt: now }),
      ...(remind === undefined ? {} : { remind }),
      ...(state === 'declined' ? { remind: false } : {}),
    })
    .where(isMine(accountId, commitmentId))
  return (before.state === 'accepted') !== (state === 'accepted')
}
