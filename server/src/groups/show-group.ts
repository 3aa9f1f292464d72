import { and, count, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { memberships, organizations, retentionChanges } from '#db/schema.ts'
import type { Group, Role } from '#shared/groups.ts'
import type { Retention } from '#shared/retention.ts'
import { findProgramme } from '../guide/read-guide.ts'
import type { GroupRow } from './guards.ts'

/** A group in the eyes of an active member. */
export async function showGroup(reader: Reader, group: GroupRow, role: Role): Promise<Group> {
  const {
    sample: _sample,
    createdAt: _createdAt,
    thanks: _thanks,
    archivedAt,
    suspendedAt,
    suspendReason,
    firstSessionAt,
    ...facts
  } = group
  return {
    ...facts,
    firstSessionAt: firstSessionAt?.toISOString() ?? null,
    endedAt: archivedAt?.toISOString() ?? null,
    suspended: suspendedAt && {
      since: suspendedAt.toISOString(),
      reason: role === 'organizer' ? suspendReason : null,
    },
    programme: showProgramme(group),
    memberCount: await countActive(reader, group.id),
    organization: await showOrganizationOf(reader, group),
    retention: await readRetention(reader, group),
    role,
  }
}

export async function countActive(reader: Reader, groupId: string): Promise<number> {
  const [found] = await reader
    .select({ active: count() })
    .from(memberships)
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')))
  return found?.active ?? 0
}

/** How long words are kept, and the shorter time that was announced. */
export async function readRetention(
  reader: Reader,
  { id, retentionMonths }: Pick<GroupRow, 'id' | 'retentionMonths'>,
): Promise<Retention> {
  const [next] = await reader
    .select({ months: retentionChanges.months, startsAt: retentionChanges.startsAt })
    .from(retentionChanges)
    .where(eq(retentionChanges.groupId, id))
  return {
    months: retentionMonths,
    next: next ? { months: next.months, startsAt: next.startsAt.toISOString() } : null,
  }
}

/** The name and address of the company that a group lives in. */
export async function showOrganizationOf(
  reader: Reader,
  { organizationId }: GroupRow,
): Promise<{ slug: string; name: string } | null> {
  if (organizationId === null) return null
  const [found] = await reader
    .select({ slug: organizations.slug, name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  return found ?? null
}

/** Nothing also when a later version of the guide no longer has it. */
export function showProgramme({ programmeId }: GroupRow): { id: string; title: string } | null {
  const programme = programmeId === null ? undefined : findProgramme(programmeId)
  return programme ? { id: programme.id, title: programme.title } : null
}
