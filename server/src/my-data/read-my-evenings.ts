import { asc, count, eq, or } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import {
  doorLinks,
  doorMarks,
  experts,
  groups,
  hostOffers,
  questionVotes,
  queuedQuestions,
  seats,
  sessions,
  tables,
} from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What I wanted to ask, whom I asked in, and where I was on a large evening. Guests and questions of others are theirs. */
export async function readMyEvenings(tx: Transaction, accountId: string) {
  const where = { group: groups.name, session: sessions.title, startsAt: sessions.startsAt }
  const inOrder = asc(sessions.startsAt)
  const asked = await tx
    .select({ ...where, row: queuedQuestions })
    .from(queuedQuestions)
    .innerJoin(sessions, eq(sessions.id, queuedQuestions.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(queuedQuestions.accountId, accountId))
    .orderBy(inOrder, asc(queuedQuestions.askedAt))
  const voted = await tx
    .select({ ...where, votes: count() })
    .from(questionVotes)
    .innerJoin(queuedQuestions, eq(queuedQuestions.id, questionVotes.questionId))
    .innerJoin(sessions, eq(sessions.id, queuedQuestions.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(questionVotes.accountId, accountId))
    .groupBy(groups.id, sessions.id)
    .orderBy(inOrder)
  const invited = await tx
    .select({ ...where, row: experts })
    .from(experts)
    .innerJoin(sessions, eq(sessions.id, experts.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(or(eq(experts.invitedBy, accountId), eq(experts.thankedBy, accountId)))
    .orderBy(inOrder, asc(experts.invitedAt))
  const links = await tx
    .select({ ...where, row: doorLinks })
    .from(doorLinks)
    .innerJoin(sessions, eq(sessions.id, doorLinks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(doorLinks.madeBy, accountId))
    .orderBy(inOrder, asc(doorLinks.createdAt))
  const marks = await tx
    .select({ ...where, here: doorMarks.here, at: doorMarks.at })
    .from(doorMarks)
    .innerJoin(sessions, eq(sessions.id, doorMarks.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(doorMarks.accountId, accountId))
    .orderBy(inOrder)
  const seated = await tx
    .select({ ...where, table: tables.number })
    .from(seats)
    .innerJoin(tables, eq(tables.id, seats.tableId))
    .innerJoin(sessions, eq(sessions.id, seats.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(seats.accountId, accountId))
    .orderBy(inOrder)
  const hosted = await tx
    .select({ ...where, table: tables.number })
    .from(tables)
    .innerJoin(sessions, eq(sessions.id, tables.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(tables.hostId, accountId))
    .orderBy(inOrder)
  const offered = await tx
    .select({ ...where, offeredAt: hostOffers.offeredAt })
    .from(hostOffers)
    .innerJoin(sessions, eq(sessions.id, hostOffers.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(eq(hostOffers.accountId, accountId))
    .orderBy(inOrder)
  return {
    questionsAsked: asked.map(({ row, ...one }) => ({
      ...inSession(one),
      words: row.words,
      askedAt: row.askedAt.toISOString(),
      answeredAt: orNull(row.answeredAt),
    })),
    questionsVotedFor: voted.map(({ votes, ...one }) => ({ ...inSession(one), votes })),
    guestsInvited: invited
      .filter(({ row }) => row.invitedBy === accountId)
      .map(({ row, ...one }) => ({
        ...inSession(one),
        expects: row.expects,
        answer: row.answer,
        invitedAt: row.invitedAt.toISOString(),
        revokedAt: orNull(row.revokedAt),
      })),
    guestsThanked: invited
      .filter(({ row }) => row.thankedBy === accountId)
      .map(({ row, ...one }) => ({
        ...inSession(one),
        words: row.thanks,
        thankedAt: orNull(row.thankedAt),
      })),
    doorLinksMade: links.map(({ row, ...one }) => ({
      ...inSession(one),
      kind: row.kind,
      label: row.label,
      madeAt: row.createdAt.toISOString(),
      revokedAt: orNull(row.revokedAt),
    })),
    marksAtDoor: marks.map(({ here, at, ...one }) => ({ ...inSession(one), here, at: at.toISOString() })),
    tablesSatAt: seated.map(({ table, ...one }) => ({ ...inSession(one), table })),
    tablesHosted: hosted.map(({ table, ...one }) => ({ ...inSession(one), table })),
    hostOffers: offered.map(({ offeredAt, ...one }) => ({
      ...inSession(one),
      offeredAt: offeredAt.toISOString(),
    })),
  }
}

const inSession = ({ startsAt, ...where }: { group: string; session: string; startsAt: Date }) => ({
  ...where,
  startsAt: startsAt.toISOString(),
})
