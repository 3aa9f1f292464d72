import { and, eq, inArray, isNull, ne } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { leaveSessions } from './leave-sessions.ts'
import { lockGroup, promote, type LockedGroup } from './places.ts'

/** Leaves the group or its waitlist, or takes a request back. A place that becomes free goes to whoever is next. */
export async function leaveGroup(house: House, { account }: SignedIn, slug: string): Promise<object> {
  const groupId = await house.db.transaction(async (tx) => {
    const [mine] = await tx
      .select({ groupId: groups.id })
      .from(memberships)
      .innerJoin(groups, eq(groups.id, memberships.groupId))
      .where(
        and(
          eq(groups.slug, slug),
          eq(memberships.accountId, account.id),
          inArray(memberships.status, ['active', 'waitlisted', 'requested']),
        ),
      )
    if (!mine) throw new Refusal('not-found')
    await leaveLocked(house, tx, await lockGroup(tx, mine.groupId), account.id)
    return mine.groupId
  })
  house.rooms.endMembership(groupId, account.id)
  return {}
}

/** The same in a transaction of somebody else, who ends the sockets once it is committed. */
export async function leaveLocked(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  accountId: string,
): Promise<void> {
  await keepAnOrganizer(tx, group.id, accountId)
  const mine = and(
    eq(memberships.groupId, group.id),
    eq(memberships.accountId, accountId),
    // Who was removed a moment ago stays removed.
    inArray(memberships.status, ['active', 'waitlisted', 'requested']),
  )
  const [before] = await tx.select({ status: memberships.status }).from(memberships).where(mine)
  await tx.update(memberships).set({ status: 'left', endedAt: house.now() }).where(mine)
  await leaveSessions(tx, group.id, accountId)
  if (before?.status === 'active') {
    const who = { actorId: accountId, subjectId: accountId }
    await keepAudit(house, tx, { action: 'member-left', groupId: group.id, ...who })
  }
  await promote(house, tx, group)
}

/** @throws Refusal when nobody but this person organizes the group. Call it under the group's lock. */
export async function keepAnOrganizer(tx: Transaction, groupId: string, accountId: string): Promise<void> {
  const [mine] = await tx
    .select({ role: memberships.role, status: memberships.status })
    .from(memberships)
    .where(and(eq(memberships.groupId, groupId), eq(memberships.accountId, accountId)))
  if (mine?.role !== 'organizer' || mine.status !== 'active') return
  const [other] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
        ne(memberships.accountId, accountId),
        isNull(accounts.suspendedAt),
      ),
    )
    .limit(1)
  if (!other) {
    throw new Refusal(
      'conflict',
      'A group needs somebody who organizes it. Hand it over to another member first.',
    )
  }
}
