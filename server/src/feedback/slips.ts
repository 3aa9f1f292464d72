import { and, asc, count, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, feedbackReports, feedbackRounds, feedbackSlips } from '#db/schema.ts'
import type { ReportBody } from '#shared/feedback.ts'
import { saySlip, type GotSlip, type SlipWords } from '#shared/slips.ts'
import type { House } from '../house.ts'
import type { RoundRow } from './guards.ts'
import type { Addressed } from './read-addresses.ts'

export type SlipRow = typeof feedbackSlips.$inferSelect

export const closeSlip = (house: House, words: SlipWords): string =>
  house.seals.close('feedback-slip', Buffer.from(JSON.stringify(words)))

export const wordsOfSlip = (house: House, { sealed }: Pick<SlipRow, 'sealed'>): SlipWords =>
  JSON.parse(house.seals.open('feedback-slip', sealed).toString()) as SlipWords

/** To me, sent, oldest first; words only once I opened it. */
export async function readGot(
  house: House,
  reader: Reader,
  receiverId: string,
  roundId: string,
): Promise<GotSlip[]> {
  const rows = await reader
    .select({ slip: feedbackSlips, name: accounts.name })
    .from(feedbackSlips)
    .leftJoin(accounts, eq(accounts.id, feedbackSlips.writerId))
    .where(
      and(
        eq(feedbackSlips.roundId, roundId),
        eq(feedbackSlips.receiverId, receiverId),
        isNotNull(feedbackSlips.sentAt),
      ),
    )
    .orderBy(asc(feedbackSlips.sentAt), asc(feedbackSlips.id))
  return rows.map(({ slip, name }) => toGot(house, slip, name))
}

export const toGot = (house: House, slip: SlipRow, name: string | null): GotSlip => ({
  id: slip.id,
  name,
  writerId: slip.writerId,
  words: slip.openedAt === null ? null : wordsOfSlip(house, slip),
})

/** The report of a live round: what its subject opened, each with the name of who wrote it. */
export async function reportOfSlips(
  house: House,
  reader: Reader,
  { id, questions }: Pick<RoundRow, 'id' | 'questions'>,
  subjectId: string,
): Promise<{ body: ReportBody; unopened: GotSlip[] }> {
  const got = await readGot(house, reader, subjectId, id)
  const [question] = questions
  const opened = got.flatMap(({ words, name }) => (words ? [{ words: saySlip(words), name }] : []))
  return {
    body: {
      asked: got.length,
      answered: opened.length,
      declined: [],
      questions: question
        ? [{ question, words: opened, spread: [0, 0, 0, 0, 0], notObserved: 0, self: null }]
        : [],
    },
    unopened: got.filter(({ words }) => words === null),
  }
}

/** Who wrote to somebody, with where mail reaches them. */
export const writersTo = (reader: Reader, roundId: string, receiverId: string): Promise<Addressed[]> =>
  reader
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(feedbackSlips)
    .innerJoin(accounts, eq(accounts.id, feedbackSlips.writerId))
    .where(
      and(
        eq(feedbackSlips.roundId, roundId),
        eq(feedbackSlips.receiverId, receiverId),
        isNotNull(feedbackSlips.sentAt),
        // The seat of a guest expert is nobody's mailbox.
        isNotNull(accounts.verifiedAt),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))

/** Somebody has a report from the first that was sent to them on, and none once all were taken back and they wrote nothing. */
export async function keepReport(
  house: House,
  tx: Transaction,
  roundId: string,
  subjectId: string,
): Promise<void> {
  const [sent] = await tx
    .select({ many: count() })
    .from(feedbackSlips)
    .where(
      and(
        eq(feedbackSlips.roundId, roundId),
        eq(feedbackSlips.receiverId, subjectId),
        isNotNull(feedbackSlips.sentAt),
      ),
    )
  const nothing: ReportBody = { asked: 0, answered: 0, declined: [], questions: [] }
  if (sent && sent.many > 0)
    await tx
      .insert(feedbackReports)
      .values({
        roundId,
        subjectId,
        sealed: house.seals.close('feedback-report', Buffer.from(JSON.stringify(nothing))),
      })
      .onConflictDoNothing()
  else
    await tx
      .delete(feedbackReports)
      .where(
        and(
          eq(feedbackReports.roundId, roundId),
          eq(feedbackReports.subjectId, subjectId),
          sql`${feedbackReports.heard} || ${feedbackReports.will} || ${feedbackReports.thanks} = ''`,
          isNull(feedbackReports.thankedAt),
        ),
      )
}

/** Rounds that somebody began, wrote in or was written to. */
export async function findMyRounds(tx: Transaction, accountId: string): Promise<string[]> {
  const ofSlips = tx
    .select({ id: feedbackSlips.roundId })
    .from(feedbackSlips)
    .where(or(eq(feedbackSlips.writerId, accountId), eq(feedbackSlips.receiverId, accountId)))
  const rounds = await tx
    .select({ id: feedbackRounds.id })
    .from(feedbackRounds)
    .where(or(eq(feedbackRounds.askedBy, accountId), inArray(feedbackRounds.id, ofSlips)))
    .orderBy(asc(feedbackRounds.id))
  return rounds.map(({ id }) => id)
}

/** Whoever writes, opens or takes back locks the round and then what is in it, and its people; so does whoever goes. */
export async function lockMyRounds(tx: Transaction, accountId: string): Promise<string[]> {
  const ids = await findMyRounds(tx, accountId)
  const locked = await tx
    .select({ id: feedbackRounds.id })
    .from(feedbackRounds)
    .where(inArray(feedbackRounds.id, ids))
    .orderBy(asc(feedbackRounds.id))
    .for('update')
  return locked.map(({ id }) => id)
}

/**
 * Somebody deletes their account, and their rounds are locked: what nobody opened goes with them, what was opened
 * stays with its reader, without a name.
 * A round that they began goes on without them.
 */
export async function takeSlipsBack(house: House, tx: Transaction, accountId: string): Promise<void> {
  const gone = await tx
    .delete(feedbackSlips)
    .where(and(eq(feedbackSlips.writerId, accountId), isNull(feedbackSlips.openedAt)))
    .returning({ roundId: feedbackSlips.roundId, receiverId: feedbackSlips.receiverId })
  for (const { roundId, receiverId } of gone) await keepReport(house, tx, roundId, receiverId)
  const mine = await tx
    .select({ id: feedbackRounds.id })
    .from(feedbackRounds)
    .where(and(eq(feedbackRounds.askedBy, accountId), isNotNull(feedbackRounds.blockId)))
  for (const { id } of mine) {
    const [other] = await tx
      .select({ id: feedbackReports.subjectId })
      .from(feedbackReports)
      .where(and(eq(feedbackReports.roundId, id), ne(feedbackReports.subjectId, accountId)))
      .limit(1)
    if (other?.id) await tx.update(feedbackRounds).set({ askedBy: other.id }).where(eq(feedbackRounds.id, id))
  }
}
