import type { Anchor } from '#shared/threads.ts'
import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, ranges } from './columns.ts'
import { episodes } from './episodes.ts'
import { rooms } from './rooms.ts'
import { sessions } from './sessions.ts'
import { accounts } from './sign-in.ts'

export const threads = pgTable(
  'threads',
  {
    id: id(),
    groupId: uuid().notNull(),
    /** The log that hears of it: the episode's, or the group's. */
    roomId: uuid().notNull(),
    episodeId: uuid(),
    /** The session that a thread of the group is about. */
    sessionId: uuid(),
    /** A quote, a moment or a chapter of the episode; none: it is about the whole of where it stands. */
    anchor: jsonb().$type<Anchor>(),
    /** Heading of a thread without anchor; empty once its first post was withdrawn. */
    title: text(),
    /** Nobody reads what others wrote after the first post before they wrote something themselves. */
    answerFirst: boolean().notNull().default(false),
    /** Whether this is an open question for a session. */
    question: text({ enum: ['none', 'open', 'planned', 'answered'] })
      .notNull()
      .default('none'),
    /** The session whose plan took the question up; and what answered it, a session or a post of the thread. */
    plannedIn: uuid(),
    answeredIn: uuid(),
    answeredBy: uuid(),
    /** How many posts there have been: dense, so a range of them is a stretch of the thread. */
    lastNumber: integer().notNull().default(0),
    /** Which of them are not there to be read, withdrawn or hidden, and how many (server/src/marks/note-gone.ts). */
    gone: ranges()
      .notNull()
      .default(sql`'{}'`),
    goneCount: integer().notNull().default(0),
    startedBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    startedAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.roomId),
    index().on(table.episodeId),
    index().on(table.sessionId),
    // All that counting what is unread looks at (server/src/marks/count-unread.ts).
    index('threads_counted').on(
      table.groupId,
      table.roomId,
      table.id,
      table.lastNumber,
      table.goneCount,
      table.answerFirst,
    ),
    check('threads_log', sql`${table.roomId} = coalesce(${table.episodeId}, ${table.groupId})`),
    check('threads_place', sql`${table.episodeId} is null or ${table.sessionId} is null`),
    check('threads_anchor', sql`${table.anchor} is null or ${table.episodeId} is not null`),
    check('threads_heading', sql`(${table.anchor} is null) = (${table.title} is not null)`),
    check(
      'threads_question',
      sql`(${table.answeredIn} is null and ${table.answeredBy} is null) or ${table.question} = 'answered'`,
    ),
    foreignKey({
      columns: [table.groupId, table.roomId],
      foreignColumns: [rooms.groupId, rooms.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.groupId, table.plannedIn],
      foreignColumns: [sessions.groupId, sessions.id],
    }),
    foreignKey({
      columns: [table.groupId, table.answeredIn],
      foreignColumns: [sessions.groupId, sessions.id],
    }),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }).onDelete('cascade'),
  ],
)

export const posts = pgTable(
  'posts',
  {
    id: id(),
    groupId: uuid().notNull(),
    threadId: uuid().notNull(),
    number: integer().notNull(),
    accountId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Markdown; empty once withdrawn. */
    body: text().notNull(),
    postedAt: instant().notNull(),
    editedAt: instant(),
    /** How often its words were changed. */
    revision: integer().notNull().default(0),
    withdrawnAt: instant(),
    /** Its words were deleted because the group keeps none that long. */
    forgottenAt: instant(),
    /** Somebody who moderates took it out of sight, and why; its writer reads both. */
    hiddenAt: instant(),
    hiddenBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** As what they hid it: the others are told that, and no name. */
    hiddenAs: text({ enum: ['organizer', 'facilitator', 'operator'] }),
    hideReason: text(),
  },
  (table) => [
    unique().on(table.threadId, table.number),
    unique().on(table.groupId, table.id),
    index().on(table.groupId, table.postedAt),
    // What somebody wrote, and whether they wrote in a thread.
    index().on(table.accountId, table.threadId, table.number),
    foreignKey({
      columns: [table.groupId, table.threadId],
      foreignColumns: [threads.groupId, threads.id],
    }).onDelete('cascade'),
  ],
)
