import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'

/** A person who can sign in. */
export const accounts = pgTable('accounts', {
  id: id(),
  /** Trimmed and lower-cased. */
  email: text().notNull().unique(),
  name: text().notNull(),
  /** PHC string of argon2id; none for people who only ever use mail links. */
  passwordHash: text(),
  verifiedAt: instant(),
  operator: boolean().notNull().default(false),
  /** One of the invented people of the sample circle. */
  sample: boolean().notNull().default(false),
  /** IANA name. */
  zone: text().notNull().default('UTC'),
  /** What the address of the calendar feed is signed from; another one ends the old address. */
  calendarId: uuid()
    .notNull()
    .unique()
    .default(sql`gen_random_uuid()`),
  /** The end of the address of my public page as an organizer; none: there is no page. */
  publicSlug: text().unique(),
  /** What I say about myself there. */
  about: text().notNull().default(''),
  /** The operator shut the account, for the reason that its owner hears. */
  suspendedAt: instant(),
  suspendReason: text(),
  createdAt: instant().notNull().defaultNow(),
})

/** What stands behind a cookie. The id is the SHA-256 of the token, so a copy of the table opens no door. */
export const signIns = pgTable(
  'sign_ins',
  {
    id: text().primaryKey(),
    /** Named as lucia's adapter asks. */
    userId: uuid('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    /** Told to its owner, to recognise the device. */
    device: text().notNull().default(''),
  },
  (table) => [index().on(table.userId)],
)

/** A single-use link sent by mail. */
export const mailLinks = pgTable('mail_links', {
  tokenHash: text().primaryKey(),
  accountId: uuid()
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** `my-data` only lets whoever was suspended take along what is theirs. */
  purpose: text({ enum: ['verify', 'sign-in', 'reset', 'my-data'] }).notNull(),
  /** Where the page goes on after the link was used: a path of this site. */
  next: text(),
  expiresAt: instant().notNull(),
})

/** Mail on its way, or, without an SMTP server, kept for the operator to read. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    recipient: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    /** A calendar file that goes along. */
    calendar: text(),
    /** Where one press stops such letters (RFC 8058). */
    stopUrl: text(),
    createdAt: instant().notNull().defaultNow(),
    /** The order they were written in: one instant can have many. */
    number: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    sentAt: instant(),
    tries: integer().notNull().default(0),
  },
  (table) => [index().on(table.number)],
)
