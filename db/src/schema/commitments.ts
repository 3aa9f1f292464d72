import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { feedbackReports } from './feedback.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

/** "If … then I will … by …" */
export const commitments = pgTable(
  'commitments',
  {
    id: id(),
    /** Where it was said; none: to nobody but oneself, out of a report. */
    groupId: uuid(),
    sessionId: uuid(),
    /** The report that it came out of. */
    reportId: uuid().references(() => feedbackReports.id, { onDelete: 'set null' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** The "if": the moment it is meant for. */
    cue: text().notNull(),
    /** The "then I will". */
    action: text().notNull(),
    /** A day of the calendar, not an instant. */
    due: date({ mode: 'string' }),
    /** One of the ten, or of the organization's own list. */
    skill: text(),
    status: text({ enum: ['open', 'done', 'partly', 'not-yet', 'let-go'] })
      .notNull()
      .default('open'),
    /** What happened. */
    reflection: text().notNull().default(''),
    /** "Partly" and "not yet" are asked about again at the next check-in, unless its owner said that this was it. */
    comesBack: boolean().notNull().default(true),
    madeAt: instant().notNull(),
    closedAt: instant(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.accountId),
    index().on(table.groupId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
    check('said_somewhere_or_nowhere', sql`(${table.groupId} is null) = (${table.sessionId} is null)`),
  ],
)

/** What its owner said of a commitment earlier, before they said something later. */
export const outcomes = pgTable(
  'outcomes',
  {
    id: id(),
    commitmentId: uuid()
      .notNull()
      .references(() => commitments.id, { onDelete: 'cascade' }),
    status: text({ enum: ['done', 'partly', 'not-yet', 'let-go'] }).notNull(),
    reflection: text().notNull(),
    saidAt: instant().notNull(),
  },
  (table) => [index().on(table.commitmentId, table.saidAt)],
)

/** Who is asked to be the witness of a commitment: "I'll ask you about it". A no is kept, so that nobody is asked twice. */
export const witnesses = pgTable(
  'witnesses',
  {
    groupId: uuid().notNull(),
    commitmentId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    state: text({ enum: ['asked', 'accepted', 'declined'] })
      .notNull()
      .default('asked'),
    askedAt: instant().notNull(),
    answeredAt: instant(),
    /** They want a mail on the day. */
    remind: boolean().notNull().default(false),
    remindedAt: instant(),
    /** When a mail last told them what became of it. */
    toldAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.commitmentId, table.accountId] }),
    uniqueIndex('one_witness').on(table.commitmentId).where(sql.raw(`state <> 'declined'`)),
    index().on(table.accountId),
    foreignKey({
      columns: [table.groupId, table.commitmentId],
      foreignColumns: [commitments.groupId, commitments.id],
    }).onDelete('cascade'),
  ],
)
