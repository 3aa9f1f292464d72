import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Output } from '#shared/contract.ts'
import { accounts, feedbackRounds, feedbackSlips } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GotSlip, slipCalls, WrittenSlip } from '#shared/slips.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { lockRound } from './lock-round.ts'
import { toMine } from './save-slip.ts'
import { keepReport, readGot, toGot, wordsOfSlip } from './slips.ts'

/** In the room: what I wrote, and what was written to me. Nobody else is told that anybody wrote. */
export async function listSlips(
  house: House,
  { member, session }: Seat,
): Promise<Output<typeof slipCalls.listSlips>> {
  const me = member.account.id
  const rounds = await house.db
    .select({ id: feedbackRounds.id, blockId: feedbackRounds.blockId })
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.sessionId, session.id), isNotNull(feedbackRounds.blockId)))
    .orderBy(asc(feedbackRounds.createdAt))
  const written = await house.db
    .select({ slip: feedbackSlips, blockId: feedbackRounds.blockId })
    .from(feedbackSlips)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackSlips.roundId))
    .where(and(eq(feedbackRounds.sessionId, session.id), eq(feedbackSlips.writerId, me)))
    .orderBy(asc(feedbackSlips.id))
  const got: GotSlip[] = []
  for (const { id } of rounds) got.push(...(await readGot(house, house.db, me, id)))
  return {
    written: written.map(({ slip, blockId }) => toMine(house, blockId ?? '', slip)),
    got,
  }
}

/** From now on its writer can't take it back. */
export function openSlip(house: House, { account }: SignedIn, slipId: string): Promise<GotSlip> {
  return house.db.transaction(async (tx) => {
    const [known] = await tx
      .select({ roundId: feedbackSlips.roundId })
      .from(feedbackSlips)
      .where(and(eq(feedbackSlips.id, slipId), eq(feedbackSlips.receiverId, account.id)))
    if (!known) throw gone()
    await lockRound(tx, known.roundId)
    const ofSlip = and(eq(feedbackSlips.id, slipId), isNotNull(feedbackSlips.sentAt))
    const [slip] = await tx.select().from(feedbackSlips).where(ofSlip)
    if (!slip) throw gone()
    const openedAt = slip.openedAt ?? house.now()
    if (slip.openedAt === null) await tx.update(feedbackSlips).set({ openedAt }).where(ofSlip)
    const [writer] = slip.writerId
      ? await tx.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, slip.writerId))
      : []
    return toGot(house, { ...slip, openedAt }, writer?.name ?? null)
  })
}

const gone = () => new Refusal('not-found', 'This was taken back meanwhile.')

export async function listWrittenSlips(house: House, { account }: SignedIn): Promise<WrittenSlip[]> {
  const rows = await house.db
    .select({ slip: feedbackSlips, title: feedbackRounds.title, to: accounts.name })
    .from(feedbackSlips)
    .innerJoin(feedbackRounds, eq(feedbackRounds.id, feedbackSlips.roundId))
    .innerJoin(accounts, eq(accounts.id, feedbackSlips.receiverId))
    .where(eq(feedbackSlips.writerId, account.id))
    .orderBy(desc(feedbackRounds.createdAt), asc(accounts.name))
    .limit(200)
  return rows.map(({ slip, title, to }) => ({
    id: slip.id,
    title,
    to,
    words: wordsOfSlip(house, slip),
    sentAt: slip.sentAt?.toISOString() ?? null,
    opened: slip.openedAt !== null,
  }))
}

/** Gone for good, also for whoever it was for. */
export async function withdrawSlip(
  house: House,
  { account }: SignedIn,
  slipId: string,
): Promise<Record<string, never>> {
  await house.db.transaction(async (tx) => {
    const mine = and(eq(feedbackSlips.id, slipId), eq(feedbackSlips.writerId, account.id))
    const [known] = await tx.select({ roundId: feedbackSlips.roundId }).from(feedbackSlips).where(mine)
    if (!known) throw new Refusal('not-found', 'This was taken back already.')
    await lockRound(tx, known.roundId)
    const [slip] = await tx
      .delete(feedbackSlips)
      .where(and(mine, isNull(feedbackSlips.openedAt)))
      .returning()
    if (!slip) throw new Refusal('conflict', 'It was read already, so it stays with whoever got it.')
    await keepReport(house, tx, slip.roundId, slip.receiverId)
  })
  return {}
}
