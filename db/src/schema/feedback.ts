import type { FeedbackQuestion } from '#shared/feedback.ts'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'

/**
 * A structured round of feedback. What is answered lies in `feedbackSheets`, closed with a key of the round, which is
 * itself closed with the key of the instance and gone after the release (docs/privacy.md).
 */
export const feedbackRounds = pgTable(
  'feedback_rounds',
  {
    id: id(),
    kind: text({ enum: ['ask', 'everyone', 'after-session', 'about-group'] }).notNull(),
    /** The group it belongs to; a round of my own may have none. */
    groupId: uuid().references(() => groups.id, { onDelete: 'cascade' }),
    sessionId: uuid(),
    /** The block in which it is held live; then words are written to one person (slips.ts), and there are no sheets. */
    blockId: uuid().unique(),
    /** Who asks. In a round of my own it is me who gets the report, and it goes with me. */
    askedBy: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    /** The request, in the asker's words. */
    intro: text().notNull().default(''),
    naming: text({ enum: ['attributed', 'anonymous'] }).notNull(),
    /** With fewer answers an anonymous round is destroyed at its close. */
    threshold: integer().notNull(),
    asksSelf: boolean().notNull().default(false),
    questions: jsonb().$type<FeedbackQuestion[]>().notNull(),
    status: text({ enum: ['draft', 'open', 'released', 'too-few', 'cancelled'] })
      .notNull()
      .default('draft'),
    /** When it opens by itself; none: by hand. */
    opensAt: instant(),
    /** Why it could not, in a sentence for whoever asks. */
    notOpened: text(),
    openedAt: instant(),
    closesAt: instant().notNull(),
    remindedAt: instant(),
    endedAt: instant(),
    /** The key of the sheets, closed with the key of the instance. Destroyed with them. */
    roundKey: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index().on(table.askedBy),
    index().on(table.groupId),
    index().on(table.status, table.closesAt),
    index().on(table.opensAt),
  ],
)

/** Who is asked. Whether they answered stands nowhere but in their closed sheet. */
export const feedbackReviewers = pgTable(
  'feedback_reviewers',
  {
    id: id(),
    roundId: uuid()
      .notNull()
      .references(() => feedbackRounds.id, { onDelete: 'cascade' }),
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    /** Of somebody who is asked by mail. */
    email: text(),
    name: text().notNull(),
    relation: text({ enum: ['member', 'colleague', 'manager', 'rabbi', 'report', 'outside'] }).notNull(),
  },
  (table) => [
    unique().on(table.roundId, table.accountId),
    unique().on(table.roundId, table.email),
    index().on(table.accountId),
  ],
)

/**
 * One for everybody who is asked, from the opening on, whether they write or not, all of one length. Every change writes
 * all sheets of the round anew in random order, so neither place nor time nor size tells who wrote.
 */
export const feedbackSheets = pgTable(
  'feedback_sheets',
  {
    /** An HMAC of the reviewer under the key of the round: without that key it belongs to nobody. */
    lookup: text().primaryKey(),
    roundId: uuid()
      .notNull()
      .references(() => feedbackRounds.id, { onDelete: 'cascade' }),
    sealed: text().notNull(),
  },
  (table) => [index().on(table.roundId)],
)

/** What came out for one subject, or for the group. Closed with the key of the instance. */
export const feedbackReports = pgTable(
  'feedback_reports',
  {
    id: id(),
    roundId: uuid()
      .notNull()
      .references(() => feedbackRounds.id, { onDelete: 'cascade' }),
    /** None: it is about the group. */
    subjectId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    sealed: text().notNull(),
    /** The subject's own three lines. */
    heard: text().notNull().default(''),
    will: text().notNull().default(''),
    thanks: text().notNull().default(''),
    thankedAt: instant(),
  },
  (table) => [unique().on(table.roundId, table.subjectId), index().on(table.subjectId)],
)

/** Whom a subject shows their report, until they take it back. */
export const feedbackShares = pgTable(
  'feedback_shares',
  {
    reportId: uuid()
      .notNull()
      .references(() => feedbackReports.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    sharedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reportId, table.accountId] }), index().on(table.accountId)],
)

/** "What is meant by …?" Asked without a name and answered for everybody who is asked. */
export const feedbackClarifications = pgTable(
  'feedback_clarifications',
  {
    id: id(),
    roundId: uuid()
      .notNull()
      .references(() => feedbackRounds.id, { onDelete: 'cascade' }),
    question: text().notNull(),
    answer: text().notNull().default(''),
  },
  (table) => [index().on(table.roundId)],
)
