import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, feedbackReports, feedbackReviewers, feedbackRounds, memberships } from '#db/schema.ts'
import { REMINDER_AT, type ReportBody, type Round } from '#shared/feedback.ts'
import { makeReport } from '#shared/feedback-rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Asker, RoundRow } from './guards.ts'
import { destroyedLetter, extendedLetter, releasedLetter, reminderLetter } from './letters.ts'
import { lockOpenRound, lockRound } from './lock-round.ts'
import { openDue } from './open-round.ts'
import { addressesOf } from './read-addresses.ts'
import { readRound } from './read-round.ts'
import { destroySheets, readSheets, roundKeyOf, selfOf } from './sheets.ts'

/** Comes by every minute: opens, reminds, and closes what has come to its end. */
export function handleRoundJobs(house: House): void {
  house.jobs.repeat('feedback-rounds', '* * * * *', async () => {
    await openDue(house)
    await remindAll(house)
    await closeDue(house)
  })
}

/** Also called by whoever looks at rounds, so that nobody waits for the next minute. */
export async function closeDue(house: House): Promise<void> {
  const due = await house.db
    .select({ id: feedbackRounds.id })
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.status, 'open'), lte(feedbackRounds.closesAt, house.now())))
  for (const { id } of due) await house.db.transaction((tx) => release(house, tx, id))
}

/**
 * The one release. The sheets are opened, told apart from their writers, and destroyed with their key, all in one transaction:
 * from then on nothing is computed again.
 */
async function release(house: House, tx: Transaction, id: string): Promise<void> {
  const round = await lockRound(tx, id)
  if (round.status !== 'open' || round.closesAt > house.now()) return
  const reviewers = await stillAsked(tx, round)
  const key = roundKeyOf(house, round)
  const self = selfOf(round.askedBy)
  const sheets = await readSheets(tx, round, key, [...reviewers.map((one) => one.id), self])
  const subjects =
    round.kind === 'ask'
      ? [round.askedBy]
      : round.kind === 'everyone'
        ? reviewers.flatMap(({ accountId }) => accountId ?? [])
        : [null]
  let released = 0
  for (const subjectId of subjects) {
    const others = reviewers.filter(({ accountId }) => subjectId === null || accountId !== subjectId)
    const respondents = others.flatMap(({ id: reviewerId, name }) => {
      const sheet = sheets.get(reviewerId)
      return sheet ? [{ name, sheet }] : []
    })
    const body = makeReport(
      round,
      subjectId,
      others.length,
      respondents,
      round.kind === 'ask' ? sheets.get(self) : undefined,
    )
    if (body) released += 1
    await tellReaders(house, tx, round, subjectId, body)
  }
  await destroySheets(tx, round)
  await tx
    .update(feedbackRounds)
    .set({ status: released > 0 ? 'released' : 'too-few', roundKey: null, endedAt: house.now() })
    .where(eq(feedbackRounds.id, id))
  if (released === 0)
    for (const person of await addressesOf(tx, round))
      await sendMail(house, tx, destroyedLetter(round, person, 'too-few'))
}

/** In rounds of a group, those who are still in it. */
async function stillAsked(tx: Transaction, round: RoundRow) {
  const reviewers = await tx.select().from(feedbackReviewers).where(eq(feedbackReviewers.roundId, round.id))
  if (round.kind === 'ask' || round.groupId === null) return reviewers
  const inside = await tx
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, round.groupId),
        eq(memberships.status, 'active'),
        inArray(
          memberships.accountId,
          reviewers.flatMap(({ accountId }) => accountId ?? []),
        ),
      ),
    )
  const ids = new Set(inside.map(({ accountId }) => accountId))
  return reviewers.filter(({ accountId }) => accountId !== null && ids.has(accountId))
}

async function tellReaders(
  house: House,
  tx: Transaction,
  round: RoundRow,
  subjectId: string | null,
  body: ReportBody | undefined,
): Promise<void> {
  const [report] = body
    ? await tx
        .insert(feedbackReports)
        .values({
          roundId: round.id,
          subjectId,
          sealed: house.seals.close('feedback-report', Buffer.from(JSON.stringify(body))),
        })
        .returning({ id: feedbackReports.id })
    : []
  const readers =
    subjectId === null
      ? await addressesOf(tx, round)
      : await tx
          .select({ name: accounts.name, email: accounts.email })
          .from(accounts)
          .where(eq(accounts.id, subjectId))
  // Whoever is asked about the group hears of too few answers with everybody else.
  if (subjectId === null && !report) return
  for (const reader of readers) await sendMail(house, tx, releasedLetter(house, round, reader, report?.id))
}

/** One reminder, to all alike, when half of the time is over. */
async function remindAll(house: House): Promise<void> {
  const open = await house.db
    .select({ round: feedbackRounds, askedBy: accounts.name })
    .from(feedbackRounds)
    .innerJoin(accounts, eq(accounts.id, feedbackRounds.askedBy))
    .where(and(eq(feedbackRounds.status, 'open'), isNull(feedbackRounds.remindedAt)))
  for (const { round, askedBy } of open) {
    const { openedAt, closesAt } = round
    if (openedAt === null || closesAt <= house.now()) continue
    const at = openedAt.getTime() + (closesAt.getTime() - openedAt.getTime()) * REMINDER_AT
    if (house.now().getTime() < at) continue
    await house.db.transaction(async (tx) => {
      const [mine] = await tx
        .update(feedbackRounds)
        .set({ remindedAt: house.now() })
        .where(
          and(
            eq(feedbackRounds.id, round.id),
            eq(feedbackRounds.status, 'open'),
            isNull(feedbackRounds.remindedAt),
          ),
        )
        .returning({ id: feedbackRounds.id })
      if (!mine) return
      for (const person of await addressesOf(tx, round))
        await sendMail(house, tx, reminderLetter(house, round, askedBy, person))
    })
  }
}

/** Leaves it open for longer; everybody who is asked hears so. A round that has closed stays closed. */
export async function extendRound(house: House, asker: Asker, given: string): Promise<Round> {
  const closesAt = new Date(given)
  await house.db.transaction(async (tx) => {
    const round = await lockOpenRound(house, tx, asker.round.id)
    if (closesAt.getTime() === round.closesAt.getTime()) return
    requireLater(round, closesAt)
    const [after] = await tx
      .update(feedbackRounds)
      .set({ closesAt })
      .where(eq(feedbackRounds.id, round.id))
      .returning()
    if (!after) return
    for (const person of await addressesOf(tx, after))
      await sendMail(house, tx, extendedLetter(after, person))
  })
  return readRound(house, asker, asker.round.id)
}

const LONGEST = 42 * 86_400_000

function requireLater(round: RoundRow, closesAt: Date): void {
  if (closesAt < round.closesAt)
    throw new Refusal(
      'invalid',
      'People were told that they have until then, so it can only close later. To end it now, call it off.',
      'closesAt',
    )
  if (round.openedAt && closesAt.getTime() - round.openedAt.getTime() > LONGEST)
    throw new Refusal('invalid', 'A round is open for 42 days at most. Choose an earlier day.', 'closesAt')
}

/** Destroys what was written and tells everybody who was asked. A draft goes without a word. */
export async function cancelRound(house: House, { round: { id } }: Asker): Promise<object> {
  await house.db.transaction(async (tx) => {
    const round = await lockRound(tx, id)
    if (round.status === 'cancelled') return
    if (round.status === 'draft') {
      await tx.delete(feedbackRounds).where(eq(feedbackRounds.id, id))
      return
    }
    const open = await lockOpenRound(house, tx, id)
    await destroySheets(tx, open)
    await tx
      .update(feedbackRounds)
      .set({ status: 'cancelled', roundKey: null, endedAt: house.now() })
      .where(eq(feedbackRounds.id, id))
    for (const person of await addressesOf(tx, open))
      await sendMail(house, tx, destroyedLetter(open, person, 'cancelled'))
  })
  return {}
}
