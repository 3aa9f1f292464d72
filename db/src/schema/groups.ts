import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { accounts } from './sign-in.ts'

// Written out, not as parameters: a query has to say the very same for PostgreSQL to use these indexes.

/** What everybody may find. */
export const FINDABLE = sql.raw(
  `groups.visibility = 'public' and groups.archived_at is null and groups.suspended_at is null and groups.approval in ('none', 'approved')`,
)

/** What joins two words into one that nobody looks for: "and/or", "e-mail". */
const JOINTS = '-/.:@_’+&#<>=?~*'

/** Name, purpose and place as words that can be looked for; `fold` in shared/src/cities.ts does the same to what is typed. */
export const GROUP_WORDS = sql.raw(
  [
    `to_tsvector('simple', translate(replace(replace(replace(regexp_replace(normalize(lower(`,
    ['name', 'purpose', 'city', 'venue', 'address']
      .map((column) => `coalesce(groups.${column}, '')`)
      .join(` || ' ' || `),
    `), NFKD), '[\\u0300-\\u036f]', '', 'g'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')`,
    `, 'øłđı${JOINTS}', 'oldi${' '.repeat(JOINTS.length)}'))`,
  ].join(''),
)

/** "pt" of "pt-BR". */
export const GROUP_LANGUAGE = sql.raw(`split_part(groups.language, '-', 1)`)

export const groups = pgTable(
  'groups',
  {
    id: id(),
    slug: text().notNull().unique(),
    /** The company it lives in; an internal group may be there before its organization is. */
    organizationId: uuid().references(() => organizations.id, { onDelete: 'set null' }),
    /** Whether the organization, if it wants that, said yes. Until then nobody is let in. */
    approval: text({ enum: ['none', 'waiting', 'approved', 'declined'] })
      .notNull()
      .default('none'),
    name: text().notNull(),
    purpose: text().notNull().default(''),
    kind: text({ enum: ['internal', 'meetup'] }).notNull(),
    /** `colleagues`: everybody in its organization finds it, and nobody else. */
    visibility: text({ enum: ['public', 'colleagues', 'unlisted', 'private'] }).notNull(),
    admission: text({ enum: ['open', 'on-request', 'invite-only', 'closed'] }).notNull(),
    /** Verified addresses of these domains may join by themselves. */
    domains: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Which programme of the guide the group follows. */
    programmeId: text(),
    rhythm: text({ enum: ['weekly', 'fortnightly', 'monthly', 'none'] }).notNull(),
    /** First planned session: a UTC instant; later ones keep its wall clock in `zone`. */
    firstSessionAt: instant(),
    /** IANA name: the group's wall clock. */
    zone: text().notNull(),
    /** How many members have a place; whoever comes later waits. */
    places: integer().notNull(),
    /** Whether somebody may come to one session without joining; none: as the group is (shared/src/guests.ts). */
    guestsWelcome: boolean(),
    /** BCP 47, such as "en": what is spoken. */
    language: text(),
    city: text(),
    /** Of the city in the gazetteer, for the distance; degrees. */
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    venue: text(),
    /** Street and number, for the map. */
    address: text(),
    /** How to get in: step-free or not, which bell, who to ask. */
    accessNotes: text().notNull().default(''),
    /** Room name at a company, or anything else that says where. */
    room: text(),
    onlineLink: text(),
    sample: boolean().notNull().default(false),
    /** It has ended: everything stays to be read, and nothing is added. */
    archivedAt: instant(),
    /** What the organizer says to everybody on its last page. */
    thanks: text().notNull().default(''),
    /** How the group wants to work together; each new wording is accepted anew. */
    agreement: text().notNull().default(''),
    agreementVersion: integer().notNull().default(0),
    /** Months after which the words of a session are deleted; none: they stay. */
    retentionMonths: integer(),
    /** The operator closed it, for the reason that its organizers hear. */
    suspendedAt: instant(),
    suspendReason: text(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [
    index().on(table.visibility, table.kind),
    index().on(table.organizationId),
    index('groups_found_by_words').using('gin', GROUP_WORDS).where(FINDABLE),
    index('groups_found_by_place').on(table.latitude, table.longitude).where(FINDABLE),
    index('groups_found_by_language').on(GROUP_LANGUAGE).where(FINDABLE),
    index('groups_found_by_age').on(table.createdAt.desc().nullsFirst(), table.id).where(FINDABLE),
  ],
)

export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text({ enum: ['organizer', 'facilitator', 'member'] }).notNull(),
    status: text({ enum: ['invited', 'requested', 'active', 'waitlisted', 'left', 'removed'] }).notNull(),
    /** The order of asking: who waits longest is promoted first. Taken anew at each asking. */
    turn: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity(),
    joinedAt: instant(),
    endedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [unique().on(table.groupId, table.accountId), index().on(table.accountId)],
)

/** The token of an invite is never stored: it is the id and a signature of it (server/src/links.ts). */
export const invites = pgTable(
  'invites',
  {
    id: id(),
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    createdBy: uuid().references(() => accounts.id, { onDelete: 'set null' }),
    /** Set when the invite was mailed to one person. */
    email: text(),
    role: text({ enum: ['organizer', 'facilitator', 'member'] })
      .notNull()
      .default('member'),
    domains: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    maxUses: integer(),
    uses: integer().notNull().default(0),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    createdAt: instant().notNull().defaultNow(),
  },
  (table) => [index().on(table.groupId)],
)

/** Ticks on the launch checklist of the guide. */
export const checklistTicks = pgTable(
  'checklist_ticks',
  {
    groupId: uuid()
      .notNull()
      .references(() => groups.id, { onDelete: 'cascade' }),
    item: text().notNull(),
    tickedAt: instant().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.groupId, table.item] })],
)
