import { eq } from 'drizzle-orm'
import { auditEntries } from '#db/schema.ts'
import { auditCalls as calls } from '#shared/audit-calls.ts'
import { requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireAdmin } from '../organizations/guards.ts'
import { requireSignIn } from '../sign-in/guards.ts'
import { aboutMe } from './about-me.ts'
import { readAudit } from './read-audit.ts'

/** Who reads the trail: its subject, the organizers of the group, the admins of the organization. */
export function addAuditRoutes(house: House, app: App): void {
  answer(house, app, calls.listMyAudit, requireSignIn, ({ account }, { query }) =>
    readAudit(house, aboutMe(house.db, account.id), query.offset),
  )
  answer(house, app, calls.listGroupAudit, requireOrganizer, ({ group }, { query }) =>
    readAudit(house, eq(auditEntries.groupId, group.id), query.offset),
  )
  answer(house, app, calls.listOrganizationAudit, requireAdmin, ({ organization }, { query }) =>
    readAudit(house, eq(auditEntries.organizationId, organization.id), query.offset),
  )
}
