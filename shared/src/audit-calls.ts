import Type, { type Static } from 'typebox'
import { AUDIT_ACTIONS } from './audit.ts'
import { define } from './contract.ts'

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const Text = Type.String()
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** Entries on one page of the trail. */
export const ENTRIES_SHOWN = 50

/** One entry of the audit trail, in names. Who has deleted their account is nobody there. */
export const AuditEntry = Type.Object({
  id: Type.String({ format: 'uuid' }),
  action: Type.Enum([...AUDIT_ACTIONS]),
  at: Type.String({ format: 'date-time' }),
  actor: orNull(Text),
  subject: orNull(Text),
  group: orNull(Text),
  organization: orNull(Text),
  /** Names of settings and what they were; never words of people. */
  detail: Type.Record(Text, Type.Union([Text, Type.Number(), Type.Boolean(), Type.Null()])),
})
export type AuditEntry = Static<typeof AuditEntry>

const Page = Type.Object({ entries: Type.Array(AuditEntry), more: Type.Boolean() })
const query = Type.Object({ offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })) })

export const auditCalls = define({
  listMyAudit: {
    method: 'GET',
    path: '/api/me/audit',
    query,
    response: Page,
    summary: 'What was done to me, by whom and when, newest first',
  },
  listGroupAudit: {
    method: 'GET',
    path: '/api/groups/:slug/audit',
    params: BySlug,
    query,
    response: Page,
    summary: 'What was done in a group to its members and settings, newest first',
  },
  listOrganizationAudit: {
    method: 'GET',
    path: '/api/organizations/:slug/audit',
    params: BySlug,
    query,
    response: Page,
    summary: 'What was done in an organization, newest first',
  },
})
