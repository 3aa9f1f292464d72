import { and, eq } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/connect.ts'
import { feedbackRounds, feedbackSlips, pods, podSeats, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { whatIsMissing, type MySlip, type SlipDraft } from '#shared/slips.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { lockRound } from './lock-round.ts'
import { closeSlip, keepReport, wordsOfSlip, type SlipRow } from './slips.ts'

/** What was begun in the room can still be sent for a day. */
const SENDABLE_FOR = 24 * 3_600_000

const MISSING = {
  situation: 'Say when and where it was, in one line.',
  behaviour: 'Say what you saw or heard, in one line.',
  impact: 'Say what it did to you or to the work, in one line.',
} as const

/** Keeps, sends or takes back what I write to one person. The room hears nothing of it. */
export function saveSlip(house: House, { member, session }: Seat, draft: SlipDraft): Promise<MySlip> {
  const me = member.account.id
  requireOpenGroup(member.group)
  return house.db.transaction(async (tx) => {
    await requireTime(house, tx, session.id)
    const [found] = await tx
      .select({ id: feedbackRounds.id })
      .from(feedbackRounds)
      .where(and(eq(feedbackRounds.blockId, draft.blockId), eq(feedbackRounds.sessionId, session.id)))
    if (!found) throw new Refusal('not-found', 'There is no round of feedback in this block.')
    // Opening waits for this, and this for opening.
    const round = await lockRound(tx, found.id)
    const [before] = await tx
      .select()
      .from(feedbackSlips)
      .where(
        and(
          eq(feedbackSlips.roundId, round.id),
          eq(feedbackSlips.writerId, me),
          eq(feedbackSlips.receiverId, draft.receiverId),
        ),
      )
    if (before && before.revision >= draft.revision) return toMine(house, draft.blockId, before)
    if (!before) await requireTogether(tx, draft, me)
    if (before?.openedAt)
      throw new Refusal('conflict', 'It was read already, so it stays as it is, with whoever got it.')
    const missing = draft.sent ? whatIsMissing(draft.words) : undefined
    if (missing) throw new Refusal('invalid', MISSING[missing], missing)

    const now = house.now()
    const { revision } = draft
    const words = {
      sealed: closeSlip(house, draft.words),
      revision,
      sentAt: draft.sent ? (before?.sentAt ?? now) : null,
      writtenAt: now,
    }
    const [kept] = before
      ? await tx.update(feedbackSlips).set(words).where(eq(feedbackSlips.id, before.id)).returning()
      : await tx
          .insert(feedbackSlips)
          .values({ id: draft.id, roundId: round.id, writerId: me, receiverId: draft.receiverId, ...words })
          .onConflictDoNothing()
          .returning()
    if (!kept) throw new Refusal('conflict', 'This could not be kept. Reload the page and try again.')
    if (Boolean(before?.sentAt) !== draft.sent) await keepReport(house, tx, round.id, draft.receiverId)
    return toMine(house, draft.blockId, kept)
  })
}

async function requireTime(house: House, tx: Transaction, sessionId: string): Promise<void> {
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId))
  if (session?.status === 'live') return
  if (session?.status !== 'wrapped-up' || session.wrappedUpAt === null)
    throw new Refusal('conflict', 'The room is not open yet. Whoever runs the session opens it.')
  if (house.now().getTime() - session.wrappedUpAt.getTime() > SENDABLE_FOR)
    throw new Refusal(
      'conflict',
      'This session was closed more than a day ago, so nothing is sent any more. Your words are still here.',
    )
}

/** I write to those whom I am, was or will be with in this round, and to nobody else. */
async function requireTogether(
  tx: Transaction,
  { blockId, receiverId }: SlipDraft,
  me: string,
): Promise<void> {
  const theirs = alias(podSeats, 'theirs')
  const [pod] = await tx
    .select({ id: pods.id })
    .from(pods)
    .innerJoin(podSeats, and(eq(podSeats.podId, pods.id), eq(podSeats.accountId, me)))
    .innerJoin(theirs, and(eq(theirs.podId, pods.id), eq(theirs.accountId, receiverId)))
    .where(eq(pods.blockId, blockId))
    .limit(1)
  if (!pod || receiverId === me)
    throw new Refusal('not-found', 'You write to the people you are together with in this round.')
}

export const toMine = (house: House, blockId: string, slip: SlipRow): MySlip => ({
  id: slip.id,
  blockId,
  receiverId: slip.receiverId,
  words: wordsOfSlip(house, slip),
  revision: slip.revision,
  sent: slip.sentAt !== null,
  opened: slip.openedAt !== null,
})
