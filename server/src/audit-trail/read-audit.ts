import { alias } from 'drizzle-orm/pg-core'
import { and, desc, eq, isNull, ne, or, type SQL } from 'drizzle-orm'
import { accounts, auditEntries, groups, organizations } from '#db/schema.ts'
import { AUDIT_ACTIONS, type AuditAction } from '#shared/audit.ts'
import { ENTRIES_SHOWN, type AuditEntry } from '#shared/audit-calls.ts'
import type { House } from '../house.ts'

/** What a group is called that left its organization, or is private there without its yes, is for who is in it. */
const isKnown = and(
  eq(groups.organizationId, auditEntries.organizationId),
  or(ne(groups.visibility, 'private'), ne(groups.approval, 'none')),
)

/** One page of the trail, newest first, with names instead of ids. */
export async function readAudit(
  house: House,
  which: SQL | undefined,
  offset = 0,
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const actor = alias(accounts, 'actor')
  const subject = alias(accounts, 'subject')
  const rows = await house.db
    .select({
      id: auditEntries.id,
      action: auditEntries.action,
      at: auditEntries.at,
      detail: auditEntries.detail,
      actor: actor.name,
      subject: subject.name,
      group: groups.name,
      organization: organizations.name,
    })
    .from(auditEntries)
    .leftJoin(actor, eq(actor.id, auditEntries.actorId))
    .leftJoin(subject, eq(subject.id, auditEntries.subjectId))
    .leftJoin(
      groups,
      and(eq(groups.id, auditEntries.groupId), or(isNull(auditEntries.organizationId), isKnown)),
    )
    .leftJoin(organizations, eq(organizations.id, auditEntries.organizationId))
    .where(which)
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(ENTRIES_SHOWN + 1)
    .offset(offset)
  const entries = rows
    .slice(0, ENTRIES_SHOWN)
    .flatMap(({ action, at, ...entry }) =>
      isAction(action) ? [{ ...entry, action, at: at.toISOString() }] : [],
    )
  return { entries, more: rows.length > ENTRIES_SHOWN }
}

const isAction = (action: string): action is AuditAction =>
  (AUDIT_ACTIONS as readonly string[]).includes(action)
