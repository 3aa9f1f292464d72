import type { PlanOptions } from '#shared/guide.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { episodes } from './episodes.ts'
import { groups } from './groups.ts'
import { accounts } from './sign-in.ts'
import { templates } from './templates.ts'
import { BLOCK_KINDS } from '#shared/words.ts'

/** Sessions that come again and again by one rule, at the wall clock of one zone. */
export const series = pgTable(
  'series',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    /** RFC 5545, such as "FREQ=WEEKLY;BYDAY=TU;COUNT=12", without DTSTART. */
    rule: text().notNull(),
    /** Wall clock of the first, "2026-11-24T18:00". */
    startsLocal: text().notNull(),
    /** IANA name; the series keeps it when the group's changes. */
    zone: text().notNull(),
    minutes: integer().notNull(),
    /** What each session is made from; none: an empty plan, or one step of the group's programme after another. */
    templateId: text(),
    groupTemplateId: uuid(),
    followsProgramme: boolean().notNull().default(false),
    /** Occurrences that were taken out ("2026-12-22T18:00"). */
    exceptions: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    capacity: integer(),
    room: text(),
    onlineLink: text(),
    facilitatorId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    endedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.groupId),
    foreignKey({
      columns: [table.groupId, table.groupTemplateId],
      foreignColumns: [templates.groupId, templates.id],
    }),
  ],
)

/** I come to the whole series, unless I say otherwise for one session. */
export const registrations = pgTable(
  'registrations',
  {
    groupId: uuid().notNull(),
    seriesId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    registeredAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seriesId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.seriesId],
      foreignColumns: [series.groupId, series.id],
    }).onDelete('cascade'),
  ],
)

/** One person's way to register for a series from a mail. The token is never stored (server/src/links.ts). */
export const seriesLinks = pgTable(
  'series_links',
  {
    id: id(),
    groupId: uuid().notNull(),
    seriesId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    unique().on(table.seriesId, table.accountId),
    foreignKey({
      columns: [table.groupId, table.seriesId],
      foreignColumns: [series.groupId, series.id],
    }).onDelete('cascade'),
  ],
)

// Written out, so that PostgreSQL sees that an index fits.
export const SCHEDULED = sql.raw(`sessions.status = 'scheduled'`)

/** One meeting of a group. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    purpose: text().notNull().default(''),
    /** The template it was copied from, and its place in the group's programme (0 is the first). */
    templateId: text(),
    programmeStep: integer(),
    /** The template of the group that it was made from, or first saved as, and which version of it. */
    groupTemplateId: uuid(),
    templateVersion: integer(),
    episodeId: uuid(),
    /** The series it belongs to, and the wall-clock start that the rule gave it ("2026-11-24T18:00"), also after it moved. */
    seriesId: uuid(),
    occurrence: text(),
    startsAt: instant().notNull(),
    /** The hard end that the plan is held against; over days, when the last block is due as things stand. */
    endsAt: instant().notNull(),
    /** Each block is open for days, and everybody takes part in their own time. */
    overDays: boolean().notNull().default(false),
    /** How many can come; none: everybody. Whoever comes later waits in order. */
    capacity: integer(),
    /** Whether guests may come to this one; none: as the group says. */
    guestsWelcome: boolean(),
    room: text(),
    /** Where it is, when that is not where the group meets otherwise. */
    venue: text(),
    address: text(),
    accessNotes: text().notNull().default(''),
    onlineLink: text(),
    /** Words for everybody before they come. */
    preparation: text().notNull().default(''),
    facilitatorId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Who keeps time, when somebody said they would. */
    timekeeperId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Who welcomes, and who takes notes. */
    welcomeId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    notesId: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    status: text({ enum: ['scheduled', 'live', 'wrapped-up', 'cancelled'] })
      .notNull()
      .default('scheduled'),
    /** The door of the live room was opened; people gather before the first block. */
    openedAt: instant(),
    wrappedUpAt: instant(),
    /** Its words were deleted because the group keeps none that long; counts stay. */
    forgottenAt: instant(),
    /** Why it was cancelled, for everybody. */
    cancelReason: text(),
    /** How often, and when last, something changed that calendars show. */
    sequence: integer().notNull().default(0),
    changedAt: instant().notNull().defaultNow(),
    /** When everybody was last told by mail when it is; none: when it was made. */
    announcedAt: instant(),
    currentBlockId: uuid(),
    /** The timer is a deadline, never a tick: running until `timerEndsAt`, or paused with `timerLeft` seconds. */
    timerEndsAt: instant(),
    timerLeft: integer(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.groupId, table.startsAt),
    /** What comes next, over all groups. */
    index('sessions_ahead').on(table.startsAt, table.groupId, table.id).where(SCHEDULED),
    foreignKey({
      columns: [table.groupId, table.episodeId],
      foreignColumns: [episodes.groupId, episodes.id],
    }),
    index().on(table.groupTemplateId),
    foreignKey({
      columns: [table.groupId, table.groupTemplateId],
      foreignColumns: [templates.groupId, templates.id],
    }),
    unique().on(table.seriesId, table.occurrence),
    foreignKey({
      columns: [table.groupId, table.seriesId],
      foreignColumns: [series.groupId, series.id],
    }),
  ],
)

/** The plan of a session: blocks in order. */
export const blocks = pgTable(
  'blocks',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    position: integer().notNull(),
    kind: text({ enum: BLOCK_KINDS }).notNull(),
    title: text().notNull(),
    minutes: integer().notNull(),
    /** For everybody. */
    prompt: text().notNull().default(''),
    /** For the facilitator only. */
    notes: text().notNull().default(''),
    options: jsonb().$type<PlanOptions>().notNull().default({}),
    /** The block of the template that it was copied from: how long it took is told there. */
    templateKey: text(),
    /** Left out by whoever runs the session; it stays in the plan, and can be taken back in. */
    skipped: boolean().notNull().default(false),
    /** Its minutes before they were changed during the session; none: as they are. */
    plannedMinutes: integer(),
    /** Milliseconds that it ran, without pauses, over all the times that it was gone to; and since when it runs now. */
    ranFor: integer().notNull().default(0),
    runsSince: instant(),
    startedAt: instant(),
    endedAt: instant(),
    revealedAt: instant(),
    /** The facilitator revealed what its tables wrote (schema/plenary.ts). */
    tablesRevealedAt: instant(),
    /** Over days: when its one reminder went out. */
    remindedAt: instant(),
  },
  (table) => [
    unique().on(table.groupId, table.id),
    index().on(table.sessionId, table.position),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** What somebody wrote alone in a block. Read by its writer only, until the block is revealed. */
export const answers = pgTable(
  'answers',
  {
    id: id(),
    groupId: uuid().notNull(),
    blockId: uuid().notNull(),
    /** Nobody's: it was written without names, and revealed (schema/sealed-answers.ts). */
    accountId: uuid().references(() => accounts.id, { onDelete: 'cascade' }),
    body: text().notNull(),
    /** The writer's count of changes: a late retry of an older text changes nothing. */
    revision: integer().notNull(),
    /** The writer said that they are done. */
    done: instant(),
    writtenAt: instant().notNull(),
    /** The topic that it was put to, after the reveal (schema/topics.ts). */
    topicId: uuid(),
  },
  (table) => [
    unique().on(table.blockId, table.accountId),
    foreignKey({
      columns: [table.groupId, table.blockId],
      foreignColumns: [blocks.groupId, blocks.id],
    }).onDelete('cascade'),
  ],
)

/** I plan to come. Also of guests, who are not in the group. */
export const rsvps = pgTable(
  'rsvps',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** `waiting`: all places are taken. `offered`: one is kept for me until `offerEndsAt`. */
    answer: text({ enum: ['coming', 'not-coming', 'waiting', 'offered'] }).notNull(),
    /** The order of asking; taken anew at each asking. */
    turn: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    offerEndsAt: instant(),
    answeredAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** One person's way to answer for one session from a mail. The token is never stored (server/src/links.ts). */
export const rsvpLinks = pgTable(
  'rsvp_links',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
  },
  (table) => [
    unique().on(table.sessionId, table.accountId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** I was there. */
export const attendances = pgTable(
  'attendances',
  {
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** By entering the live room, at the door, as the facilitator corrected it, or by somebody whose phone they share. */
    noticed: text({ enum: ['room', 'door', 'facilitator', 'phone'] }).notNull(),
    /** How, before they came in with a screen: that holds again when the room is shut before it began. */
    noticedBefore: text({ enum: ['door', 'facilitator'] }),
    /** So many more share their phone, by number only. */
    alsoHere: integer().notNull().default(0),
    /** Whose phone they share, as long as that one is there with it. */
    cameWith: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    arrivedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.accountId] }),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)

/** A turn to speak: asked for, then taken, then over. One never begun is a hand that was lowered. */
export const turns = pgTable(
  'turns',
  {
    id: id(),
    groupId: uuid().notNull(),
    sessionId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** A new subject, or something to add to what is being said. */
    kind: text({ enum: ['speak', 'add'] })
      .notNull()
      .default('speak'),
    askedAt: instant().notNull(),
    beganAt: instant(),
    endedAt: instant(),
  },
  (table) => [
    index().on(table.sessionId),
    foreignKey({
      columns: [table.groupId, table.sessionId],
      foreignColumns: [sessions.groupId, sessions.id],
    }).onDelete('cascade'),
  ],
)
