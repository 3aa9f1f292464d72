import { and, count, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from '#db/connect.ts'
import { feedbackReviewers, feedbackRounds } from '#db/schema.ts'
import { MOST_SUBJECTS } from '#shared/feedback.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireMemberOf, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import type { RoundRow } from './guards.ts'
import { lockRound } from './lock-round.ts'

declare const proven: unique symbol

/** A member of the group whose round of everyone for everyone it is. */
export type Participant = Member & { readonly roundId: string; readonly [proven]: 'participant' }

export async function requireParticipant(house: House, request: FastifyRequest): Promise<Participant> {
  const signedIn = await requireSignIn(house, request)
  const { roundId } = request.params as { roundId: string }
  const [round] = await house.db
    .select({ groupId: feedbackRounds.groupId })
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.id, roundId), eq(feedbackRounds.kind, 'everyone')))
  if (!round?.groupId) throw new Refusal('not-found')
  const member = await requireMemberOf(house, signedIn, round.groupId)
  return { ...member, roundId } as unknown as Participant
}

/** Everybody takes part by choice: giving and getting. */
export async function joinRound(house: House, { account, roundId }: Participant): Promise<object> {
  await house.db.transaction(async (tx) => {
    requireGathering(await lockRound(tx, roundId))
    if ((await countParts(tx, roundId)) >= MOST_SUBJECTS)
      throw new Refusal('conflict', `There is room for ${MOST_SUBJECTS} in one round. Ask for a second one.`)
    await tx
      .insert(feedbackReviewers)
      .values({ roundId, accountId: account.id, name: account.name, relation: 'member' })
      .onConflictDoNothing()
  })
  return {}
}

export async function leaveRound(house: House, { account, roundId }: Participant): Promise<object> {
  await house.db.transaction(async (tx) => {
    requireGathering(await lockRound(tx, roundId))
    await tx
      .delete(feedbackReviewers)
      .where(and(eq(feedbackReviewers.roundId, roundId), eq(feedbackReviewers.accountId, account.id)))
  })
  return {}
}

function requireGathering({ status }: RoundRow): void {
  if (status !== 'draft')
    throw new Refusal(
      'conflict',
      'This round has opened, so who takes part stays as it is. You can still decline in your own request.',
    )
}

async function countParts(tx: Transaction, roundId: string): Promise<number> {
  const [found] = await tx
    .select({ parts: count() })
    .from(feedbackReviewers)
    .where(eq(feedbackReviewers.roundId, roundId))
  return found?.parts ?? 0
}
