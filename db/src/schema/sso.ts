import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { organizations } from './organizations.ts'
import { accounts, signIns } from './sign-in.ts'

/** Somebody is at their company's provider and comes back with the state. Used once; only hashes are kept. */
export const ssoAttempts = pgTable(
  'sso_attempts',
  {
    stateHash: text().primaryKey(),
    /** Of the token in the cookie of the browser that began; nonce and PKCE verifier are made from that token too. */
    browserHash: text().notNull(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** The provider that it began at. Settings that changed since do not finish it. */
    issuer: text().notNull(),
    clientId: text().notNull(),
    /** Where the page goes on afterwards: a path of this site. */
    next: text(),
    expiresAt: instant().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
)

/** A mailed link by which the owner of an account says that somebody at a provider is them. */
export const ssoLinks = pgTable(
  'sso_links',
  {
    tokenHash: text().primaryKey(),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    accountId: uuid()
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    issuer: text().notNull(),
    subject: text().notNull(),
    next: text(),
    expiresAt: instant().notNull(),
  },
  (table) => [index().on(table.accountId)],
)

/** Sign-ins that the provider of an organization vouched for. */
export const ssoSignIns = pgTable(
  'sso_sign_ins',
  {
    signInId: text()
      .primaryKey()
      .references(() => signIns.id, { onDelete: 'cascade' }),
    organizationId: uuid()
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    issuer: text().notNull(),
  },
  (table) => [index().on(table.organizationId)],
)
