import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { groups, memberships, sessions } from '#db/schema.ts'
import { doorFor } from '#shared/groups.ts'
import type { InternalGroup } from '#shared/internal-groups.ts'
import type { House } from '../house.ts'
import type { Colleague } from '../organizations/guards.ts'

const MOST_SHOWN = 200

/** Groups that every colleague finds, those that meet soonest first. Private ones and waiting ones are not among them. */
export async function listInternalGroups(
  house: House,
  { account, organization }: Colleague,
): Promise<InternalGroup[]> {
  const next = house.db
    .selectDistinctOn([sessions.groupId], {
      groupId: sessions.groupId,
      id: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      endsAt: sessions.endsAt,
    })
    .from(sessions)
    .where(and(eq(sessions.status, 'scheduled'), sql`${sessions.startsAt} > ${house.now().toISOString()}`))
    .orderBy(sessions.groupId, sessions.startsAt)
    .as('next')
  const rows = await house.db
    .select({
      group: groups,
      next: { id: next.id, title: next.title, startsAt: next.startsAt, endsAt: next.endsAt },
      mine: memberships.status,
      memberCount: house.db.$count(
        memberships,
        and(eq(memberships.groupId, groups.id), eq(memberships.status, 'active')),
      ),
    })
    .from(groups)
    .leftJoin(next, eq(next.groupId, groups.id))
    .leftJoin(memberships, and(eq(memberships.groupId, groups.id), eq(memberships.accountId, account.id)))
    .where(
      and(
        eq(groups.organizationId, organization.id),
        eq(groups.visibility, 'colleagues'),
        inArray(groups.approval, ['none', 'approved']),
        isNull(groups.archivedAt),
        isNull(groups.suspendedAt),
      ),
    )
    .orderBy(sql`${next.startsAt} asc nulls last`, sql`${groups.createdAt} desc`, asc(groups.id))
    .limit(MOST_SHOWN)
  return rows.map(({ group, next, mine, memberCount }) => ({
    slug: group.slug,
    name: group.name,
    purpose: group.purpose,
    rhythm: group.rhythm,
    zone: group.zone,
    next: next && {
      ...next,
      startsAt: next.startsAt.toISOString(),
      endsAt: next.endsAt.toISOString(),
    },
    memberCount,
    places: group.places,
    door: mine === 'removed' ? 'invite' : doorFor(group, account.verifiedAt ? account.email : undefined),
    mine: mine === 'active' || mine === 'waitlisted' || mine === 'requested' ? mine : null,
  }))
}
