import Type, { type Static } from 'typebox'

export const LONGEST_ORGANIZATION_NAME = 80
export const ORGANIZATION_ROLES = ['admin', 'hr', 'colleague'] as const
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number]

const Uuid = Type.String({ format: 'uuid' })
export const OrganizationRoleOf = Type.Enum([...ORGANIZATION_ROLES])
const Name = Type.String({ minLength: 1, maxLength: LONGEST_ORGANIZATION_NAME, pattern: '\\S' })

/** An organization to create. The writer picks the id, so a retry is never a second one. */
export const OrganizationDraft = Type.Object({ id: Uuid, name: Name })
export type OrganizationDraft = Static<typeof OrganizationDraft>

export const OrganizationChange = Type.Partial(Type.Object({ name: Name, approvesGroups: Type.Boolean() }))
export type OrganizationChange = Static<typeof OrganizationChange>

/** A company, as its colleagues see it. */
export const Organization = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  /** New internal groups wait for an admin's yes. */
  approvesGroups: Type.Boolean(),
  /** Proven ones: whoever has a confirmed address there is a colleague. */
  domains: Type.Array(Type.String()),
  /** Whom to ask: the names of its admins. */
  admins: Type.Array(Type.String()),
  /** My own role in it. */
  role: OrganizationRoleOf,
})
export type Organization = Static<typeof Organization>

export const MyOrganization = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  approvesGroups: Type.Boolean(),
  role: OrganizationRoleOf,
})
export type MyOrganization = Static<typeof MyOrganization>

/** Mailboxes that only whoever runs the mail of a company reads (RFC 2142, and what certificate authorities accept). */
export const MAILBOXES = ['postmaster', 'hostmaster', 'webmaster', 'admin', 'administrator'] as const
export type Mailbox = (typeof MAILBOXES)[number]
/** Hours that the link to a mailbox is good for. */
export const DOMAIN_LINK_HOURS = 24
/** Days for which the name servers are asked. */
export const DNS_LOOKED_FOR_DAYS = 14
export const MOST_ORGANIZATION_DOMAINS = 50

const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** An e-mail domain to prove: by a mail to a mailbox of it, or by a TXT record. */
export const DomainDraft = Type.Object({
  domain: Type.String({ minLength: 1, maxLength: 253 }),
  method: Type.Enum(['mail', 'dns']),
  mailbox: Type.Optional(Type.Enum([...MAILBOXES])),
})
export type DomainDraft = Static<typeof DomainDraft>

/** An e-mail domain that the organization says is its own, as its admins see it. */
export const OrganizationDomain = Type.Object({
  id: Uuid,
  domain: Type.String(),
  method: Type.Enum(['mail', 'dns']),
  /** Where the mail went. */
  mailbox: orNull(Type.String()),
  /** Until when the link in that mail is good. */
  expiresAt: orNull(Instant),
  /** The TXT record that proves it. */
  record: orNull(Type.Object({ name: Type.String(), value: Type.String() })),
  provenAt: orNull(Instant),
  checkedAt: orNull(Instant),
  /** What was wrong when we last looked, in a sentence. */
  problem: orNull(Type.String()),
})
export type OrganizationDomain = Static<typeof OrganizationDomain>

/** What the link in the mail to a mailbox proves. */
export const DomainLink = Type.Object({
  organization: Type.String(),
  domain: Type.String(),
  mailbox: Type.String(),
})
export type DomainLink = Static<typeof DomainLink>

/** A colleague, as the admins see them. */
export const Colleague = Type.Object({
  accountId: Uuid,
  name: Type.String(),
  email: Type.String(),
  role: OrganizationRoleOf,
  status: Type.Enum(['active', 'left']),
  since: Instant,
  endedAt: orNull(Instant),
})
export type Colleague = Static<typeof Colleague>

/** What became of the groups of somebody who left the company. */
export const Departure = Type.Object({
  /** In how many groups their membership ended. */
  groups: Type.Integer(),
  /** Groups that nobody else organized, and who organizes them now. */
  handedOver: Type.Array(Type.Object({ group: Type.String(), to: Type.String() })),
  /** Groups in which nobody was left. */
  ended: Type.Array(Type.String()),
})
export type Departure = Static<typeof Departure>

export const LONGEST_SKILL_NAME = 60
export const MOST_SKILLS = 60

/** The id of one of the ten skills, or of one that an organization added. */
export const SkillRef = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9-]+$' })

/** A skill that I can choose, in the words of where I work. */
export const MySkill = Type.Object({ skill: Type.String(), name: Type.String() })
export type MySkill = Static<typeof MySkill>

/** One skill of the organization's list: one of the ten under its id, or one of its own. */
export const OrganizationSkill = Type.Object({
  skill: SkillRef,
  name: Type.String({ maxLength: LONGEST_SKILL_NAME }),
  hidden: Type.Boolean(),
})
export type OrganizationSkill = Static<typeof OrganizationSkill>
