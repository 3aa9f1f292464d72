import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant } from './columns.ts'
import { accounts } from './sign-in.ts'

/** A company. */
export const organizations = pgTable('organizations', {
  id: id(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  /** New internal groups wait for an admin's yes. */
  approvesGroups: boolean().notNull().default(false),
  /** Its identity provider, for sign-in by OpenID Connect. */
  oidcIssuer: text(),
  oidcClientId: text(),
  /** Sealed with the key of the instance. */
  oidcClientSecret: text(),
  createdAt: instant().notNull().defaultNow(),
})

/** An e-mail domain that an organization says is its own, and how it proved that. */
export const organizationDomains = pgTable(
  'organization_domains',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    domain: text().notNull(),
    method: text({ enum: ['mail', 'dns'] }).notNull(),
    /** Where the mail went, such as postmaster@…; none for DNS. */
    mailbox: text(),
    tokenHash: text(),
    expiresAt: instant(),
    verifiedAt: instant(),
    /** When the DNS was last looked at, and what was wrong then, in a sentence. */
    checkedAt: instant(),
    problem: text(),
    /** Accounts of this domain sign in by OpenID Connect only. */
    enforcesSso: boolean().notNull().default(false),
    askedAt: instant().notNull(),
  },
  (table) => [
    unique().on(table.organizationId, table.domain),
    // A domain is proven for one organization at a time.
    uniqueIndex()
      .on(table.domain)
      .where(sql`${table.verifiedAt} is not null`),
  ],
)

/** Account × organization. */
export const colleagues = pgTable(
  'colleagues',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text({ enum: ['admin', 'hr', 'colleague'] }).notNull(),
    status: text({ enum: ['active', 'left'] })
      .notNull()
      .default('active'),
    joinedAt: instant().notNull(),
    endedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.accountId] }), index().on(table.accountId)],
)

/** Who somebody is at an identity provider: the issuer and its subject, never the e-mail address. */
export const ssoIdentities = pgTable(
  'sso_identities',
  {
    id: id(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    issuer: text().notNull(),
    subject: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [unique().on(table.issuer, table.subject), index().on(table.accountId)],
)

/** The ten skills as an organization names them, and its own. */
export const organizationSkills = pgTable(
  'organization_skills',
  {
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** One of the ten, or an id of its own. */
    skill: text().notNull(),
    name: text().notNull(),
    hidden: boolean().notNull().default(false),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.skill] })],
)
