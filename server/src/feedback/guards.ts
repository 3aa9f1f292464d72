import { and, eq, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { FastifyRequest } from 'fastify'
import { accounts, feedbackReviewers, feedbackRounds, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { requireSignIn, type SignedIn } from '../sign-in/guards.ts'

declare const proven: unique symbol

export type RoundRow = typeof feedbackRounds.$inferSelect
export type ReviewerRow = typeof feedbackReviewers.$inferSelect

/** Whoever asks in the round of the path (`/api/feedback/rounds/:roundId/…`). Only the guards here make one. */
export type Asker = SignedIn & { readonly round: RoundRow; readonly [proven]: 'asker' }

/** Somebody who is asked: by the link in their mail, or signed in as who they are. */
export type Reviewer = {
  readonly reviewer: ReviewerRow
  readonly round: RoundRow
  readonly askedBy: string
  /** Whether they are signed in: then no receipt is asked for. */
  readonly signedIn: boolean
  readonly [proven]: 'reviewer'
}

export async function requireAsker(house: House, request: FastifyRequest): Promise<Asker> {
  const signedIn = await requireSignIn(house, request)
  const { roundId } = request.params as { roundId: string }
  const [round] = await house.db
    .select()
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.id, roundId), eq(feedbackRounds.askedBy, signedIn.account.id)))
  if (!round) throw new Refusal('not-found')
  return { ...signedIn, round } as Asker
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The path's `key` is the token of a mail, or the id of my own place among those who are asked. */
export async function requireReviewer(house: House, request: FastifyRequest): Promise<Reviewer> {
  const own = alias(accounts, 'own')
  const { key } = request.params as { key: string }
  const signedIn = UUID.test(key) ? await requireSignIn(house, request) : undefined
  const id = signedIn ? key : house.links.read('reviewer', key)
  const [found] = id
    ? await house.db
        .select({ reviewer: feedbackReviewers, round: feedbackRounds, askedBy: accounts.name })
        .from(feedbackReviewers)
        .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackReviewers.roundId))
        .innerJoin(accounts, eq(accounts.id, feedbackRounds.askedBy))
        .leftJoin(own, eq(own.id, feedbackReviewers.accountId))
        .where(
          and(
            eq(feedbackReviewers.id, id),
            isNull(own.suspendedAt),
            signedIn ? eq(feedbackReviewers.accountId, signedIn.account.id) : undefined,
          ),
        )
    : []
  if (!found || found.round.status === 'draft') throw new Refusal('not-found', NO_REQUEST)
  if (!(await stillBelongs(house, found))) throw new Refusal('not-found', NO_REQUEST)
  return { ...found, signedIn: signedIn !== undefined } as Reviewer
}

const NO_REQUEST = 'This link opens nothing. Take the whole link from the mail, or ask for a new one.'

/** Rounds of a group are for who is in it. */
async function stillBelongs(
  house: House,
  { round, reviewer }: { round: RoundRow; reviewer: ReviewerRow },
): Promise<boolean> {
  if (round.kind === 'ask' || round.groupId === null) return true
  if (reviewer.accountId === null) return false
  const [member] = await house.db
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, round.groupId),
        eq(memberships.accountId, reviewer.accountId),
        eq(memberships.status, 'active'),
      ),
    )
  return member !== undefined
}
