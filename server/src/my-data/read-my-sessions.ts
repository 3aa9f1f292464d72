import { and, asc, count, eq, inArray, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  accounts,
  answers,
  attendances,
  blocks,
  commitments,
  groups,
  outcomes,
  rsvps,
  sessionGuests,
  sessions,
  tableReports,
  takenOutAnswers,
  turns,
} from '#db/schema.ts'
import { DUTIES } from '#shared/duties.ts'
import { findSealedBlocks, readMySealed } from '../answers/sealed-answers.ts'
import type { House } from '../house.ts'
import { orNull } from './or-null.ts'

/** My part in sessions: what I said I would do, what I did, and what I wrote, revealed or not. */
export async function readMySessions(house: House, tx: Transaction, accountId: string) {
  const where = { group: groups.name, session: sessions.title, startsAt: sessions.startsAt }
  const inOrder = asc(sessions.startsAt)

  const run = await tx
    .select({
      ...where,
      facilitator: sessions.facilitatorId,
      timekeeper: sessions.timekeeperId,
      welcome: sessions.welcomeId,
      notes: sessions.notesId,
    })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(
      or(
        eq(sessions.facilitatorId, accountId),
        eq(sessions.timekeeperId, accountId),
        eq(sessions.welcomeId, accountId),
        eq(sessions.notesId, accountId),
      ),
    )
    .orderBy(inOrder)
  const planned = await tx
    .select({ ...where, answer: rsvps.answer, answeredAt: rsvps.answeredAt, offerEndsAt: rsvps.offerEndsAt })
    .from(rsvps)
    .innerJoin(sessions, eq(sessions.id, rsvps.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(rsvps.accountId, accountId))
    .orderBy(inOrder)
  const guestOf = await tx
    .select({ ...where, guest: sessionGuests })
    .from(sessionGuests)
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(sessionGuests.accountId, accountId))
    .orderBy(inOrder)
  const attended = await tx
    .select({
      ...where,
      noticed: attendances.noticed,
      arrivedAt: attendances.arrivedAt,
      alsoHere: attendances.alsoHere,
      cameWith: accounts.name,
    })
    .from(attendances)
    .leftJoin(accounts, eq(accounts.id, attendances.cameWith))
    .innerJoin(sessions, eq(sessions.id, attendances.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(attendances.accountId, accountId))
    .orderBy(inOrder)
  const hosted = await tx
    .select({ ...where, block: blocks.title, report: tableReports, revealedAt: blocks.tablesRevealedAt })
    .from(tableReports)
    .innerJoin(blocks, and(eq(blocks.groupId, tableReports.groupId), eq(blocks.id, tableReports.blockId)))
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(tableReports.accountId, accountId))
    .orderBy(inOrder, asc(blocks.position))
  const taken = await tx
    .select({ ...where, asked: count(), spoken: count(turns.beganAt) })
    .from(turns)
    .innerJoin(sessions, eq(sessions.id, turns.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(turns.accountId, accountId))
    .groupBy(sessions.id, groups.name)
    .orderBy(inOrder)
  const written = await tx
    .select({
      ...where,
      block: blocks.title,
      answer: answers,
      revealedAt: blocks.revealedAt,
      takenOutAt: takenOutAnswers.takenOutAt,
    })
    .from(answers)
    .leftJoin(takenOutAnswers, eq(takenOutAnswers.answerId, answers.id))
    .innerJoin(blocks, and(eq(blocks.groupId, answers.groupId), eq(blocks.id, answers.blockId)))
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(answers.accountId, accountId))
    .orderBy(asc(answers.writtenAt), inOrder, asc(blocks.position))
  const sealed = await readMySealedWords(house, tx, accountId)
  const promised = await tx
    .select({ ...where, commitment: commitments })
    .from(commitments)
    .leftJoin(sessions, eq(sessions.id, commitments.sessionId))
    .leftJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(commitments.accountId, accountId))
    .orderBy(asc(commitments.madeAt))
  const earlier = await tx
    .select({ outcome: outcomes })
    .from(outcomes)
    .innerJoin(commitments, eq(commitments.id, outcomes.commitmentId))
    .where(eq(commitments.accountId, accountId))
    .orderBy(asc(outcomes.saidAt), asc(outcomes.id))
  return {
    sessionsRun: run.flatMap((one) =>
      DUTIES.filter((duty) => one[duty] === accountId).map((as) => ({ ...inSession(one), as })),
    ),
    rsvps: planned.map(({ answer, answeredAt, offerEndsAt, ...one }) => ({
      ...inSession(one),
      answer,
      answeredAt: answeredAt.toISOString(),
      offerEndsAt: orNull(offerEndsAt),
    })),
    guestOf: guestOf.map(({ guest, ...one }) => ({
      ...inSession(one),
      confirmedAt: guest.confirmedAt.toISOString(),
      remindedAt: orNull(guest.remindedAt),
      removedAt: orNull(guest.removedAt),
    })),
    attendances: attended.map(({ noticed, arrivedAt, alsoHere, cameWith, ...one }) => ({
      ...inSession(one),
      ...{ noticed, alsoHere, cameWith },
      arrivedAt: arrivedAt.toISOString(),
    })),
    tableReports: hosted.map(({ block, report, revealedAt, ...one }) => ({
      ...inSession(one),
      ...{ block, table: report.number, words: report.body },
      done: report.done !== null,
      revealed: revealedAt !== null,
    })),
    turns: taken.map(({ asked, spoken, ...one }) => ({ ...inSession(one), asked, spoken })),
    answers: [...written, ...sealed].map(({ block, answer, revealedAt, takenOutAt, ...one }) => ({
      ...inSession(one),
      block,
      words: answer.body,
      done: answer.done !== null && answer.done !== false,
      writtenAt: answer.writtenAt.toISOString(),
      revealedAt: orNull(revealedAt),
      takenOutAt: orNull(takenOutAt),
    })),
    commitments: promised.map(({ commitment, group, session, startsAt }) => ({
      group,
      session,
      startsAt: orNull(startsAt),
      cue: commitment.cue,
      action: commitment.action,
      due: commitment.due,
      skill: commitment.skill,
      status: commitment.status,
      reflection: commitment.reflection,
      comesBack: commitment.comesBack,
      earlier: earlier
        .filter(({ outcome }) => outcome.commitmentId === commitment.id)
        .map(({ outcome: { status, reflection, saidAt } }) => ({
          status,
          reflection,
          saidAt: saidAt.toISOString(),
        })),
      madeAt: commitment.madeAt.toISOString(),
      closedAt: orNull(commitment.closedAt),
    })),
  }
}

/** What I wrote without my name and nobody revealed. What was revealed is nobody's any more, so it is not in it. */
async function readMySealedWords(house: House, tx: Transaction, accountId: string) {
  const mine = await readMySealed(house, tx, await findSealedBlocks(tx), accountId)
  if (mine.length === 0) return []
  const where = await tx
    .select({
      ...{ group: groups.name, session: sessions.title, startsAt: sessions.startsAt },
      ...{ blockId: blocks.id, block: blocks.title },
    })
    .from(blocks)
    .innerJoin(sessions, eq(sessions.id, blocks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(
      inArray(
        blocks.id,
        mine.map(({ blockId }) => blockId),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(blocks.position))
  return where.flatMap(({ blockId, ...one }) =>
    mine
      .filter((answer) => answer.blockId === blockId)
      .map((answer) => ({ ...one, answer, revealedAt: null, takenOutAt: null })),
  )
}

const inSession = ({ group, session, startsAt }: { group: string; session: string; startsAt: Date }) => ({
  group,
  session,
  startsAt: startsAt.toISOString(),
})
