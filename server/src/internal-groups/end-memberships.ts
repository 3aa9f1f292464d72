import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues, groups, invites, memberships } from '#db/schema.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import { leaveSessions } from '../groups/leave-sessions.ts'
import { lockGroup, promote, type LockedGroup } from '../groups/places.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { LockedOrganization } from '../organizations/lock-organization.ts'
import { heirLetter } from './letters.ts'

export type Gone = { id: string; name: string; email: string }
export type Ended = { groupIds: string[]; handedOver: { group: string; to: string }[]; ended: string[] }

/**
 * Ends every membership, place on a waitlist and request in the groups of an organization, and takes back what was
 * mailed to invite them. A group that nobody else organizes goes to another of its members.
 */
export async function endMemberships(
  house: House,
  tx: Transaction,
  organization: LockedOrganization,
  gone: Gone,
  actorId: string,
): Promise<Ended> {
  const result: Ended = { groupIds: [], handedOver: [], ended: [] }
  const theirs = await tx
    .select({ groupId: groups.id })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(
        eq(groups.organizationId, organization.id),
        eq(memberships.accountId, gone.id),
        inArray(memberships.status, ['active', 'waitlisted', 'requested', 'invited']),
      ),
    )
    .orderBy(asc(groups.id))
  for (const { groupId } of theirs) {
    const group = await lockGroup(tx, groupId)
    const organized = await endOne(house, tx, group, gone, actorId)
    result.groupIds.push(groupId)
    if (organized) {
      const heir = await handOn(house, tx, organization, group, gone)
      if (heir) result.handedOver.push({ group: group.name, to: heir.name })
      else if (await closeIfEmpty(house, tx, group)) result.ended.push(group.name)
    }
    await promote(house, tx, await lockGroup(tx, groupId))
  }
  await takeInvitesBack(house, tx, organization, gone)
  return result
}

/** @returns whether they organized it. */
async function endOne(
  house: House,
  tx: Transaction,
  { id: groupId }: LockedGroup,
  gone: Gone,
  actorId: string,
): Promise<boolean> {
  const theirs = and(eq(memberships.groupId, groupId), eq(memberships.accountId, gone.id))
  const [before] = await tx
    .select({ role: memberships.role, status: memberships.status })
    .from(memberships)
    .where(theirs)
  await tx.update(memberships).set({ status: 'removed', role: 'member', endedAt: house.now() }).where(theirs)
  await leaveSessions(tx, groupId, gone.id)
  if (before?.status !== 'active') return false
  await keepAudit(house, tx, {
    action: 'member-removed',
    groupId,
    actorId,
    subjectId: gone.id,
    detail: { because: 'left the organization' },
  })
  return before.role === 'organizer'
}

/** Facilitators first, then who is in it longest, colleagues before others. */
async function handOn(
  house: House,
  tx: Transaction,
  organization: LockedOrganization,
  group: LockedGroup,
  gone: Gone,
): Promise<Gone | undefined> {
  const isColleague = sql<boolean>`exists (select 1 from ${colleagues}
    where ${colleagues.organizationId} = ${organization.id} and ${colleagues.accountId} = ${accounts.id}
      and ${colleagues.status} = 'active')`
  const others = await tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, role: memberships.role })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.status, 'active'),
        ne(memberships.accountId, gone.id),
        isNull(accounts.suspendedAt),
      ),
    )
    .orderBy(
      sql`array_position(array['organizer', 'facilitator', 'member'], ${memberships.role})`,
      sql`${isColleague} desc`,
      asc(memberships.joinedAt),
      asc(memberships.turn),
    )
    .limit(1)
  const [heir] = others
  if (!heir || group.archivedAt) return undefined
  if (heir.role === 'organizer') return undefined
  await tx
    .update(memberships)
    .set({ role: 'organizer' })
    .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, heir.id)))
  await keepAudit(house, tx, {
    action: 'group-handed-over',
    groupId: group.id,
    subjectId: heir.id,
    detail: { from: heir.role, because: 'left the organization' },
  })
  await sendMail(house, tx, heirLetter(house, heir, group, gone, organization))
  return heir
}

async function closeIfEmpty(house: House, tx: Transaction, group: LockedGroup): Promise<boolean> {
  if (group.archivedAt) return false
  const [left] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.groupId, group.id), eq(memberships.status, 'active')))
    .limit(1)
  if (left) return false
  await tx.update(groups).set({ archivedAt: house.now() }).where(eq(groups.id, group.id))
  return true
}

async function takeInvitesBack(
  house: House,
  tx: Transaction,
  { id }: LockedOrganization,
  { email }: Gone,
): Promise<void> {
  const inIt = tx.select({ id: groups.id }).from(groups).where(eq(groups.organizationId, id))
  await tx
    .update(invites)
    .set({ revokedAt: house.now() })
    .where(and(eq(invites.email, email), isNull(invites.revokedAt), inArray(invites.groupId, inIt)))
}
