import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships } from '#db/schema.ts'
import type { Role } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { GroupRow, Organizer } from './guards.ts'
import { promotedLetter } from './letters.ts'
import { isApproved } from './may-see.ts'
import { requireApproved } from './require-approved.ts'
import { sayNext } from './say-next.ts'
import { countActive } from './show-group.ts'

declare const locked: unique symbol
/** A group whose row is held until the transaction ends: whoever comes, goes or waits takes turns. */
export type LockedGroup = GroupRow & { readonly [locked]: true }

/** Everything that changes who has a place begins here, so places are never given twice. */
export async function lockGroup(tx: Transaction, groupId: string): Promise<LockedGroup> {
  const [group] = await tx.select().from(groups).where(eq(groups.id, groupId)).for('no key update')
  if (!group) throw new Refusal('not-found')
  return group as LockedGroup
}

/** Locks the group and looks again: two organizers who end each other's role take turns, and the second is late. */
export async function lockAsOrganizer(
  tx: Transaction,
  { account, group: { id } }: Organizer,
): Promise<LockedGroup> {
  const group = await lockGroup(tx, id)
  const [mine] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, id),
        eq(memberships.accountId, account.id),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
  if (!mine) throw new Refusal('not-allowed')
  return group
}

/** Gives a place, or a place at the end of the waitlist when there is none. */
export async function seat(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  accountId: string,
  role: Role,
): Promise<'active' | 'waitlisted'> {
  requireApproved(group)
  const free = group.places - (await countActive(tx, group.id))
  const status = free > (await countWaitlisted(tx, group.id)) ? 'active' : 'waitlisted'
  await stand(house, tx, group, accountId, { status, role })
  return status
}

/** Writes where somebody stands. Their turn is taken anew, so coming back means queueing again. */
export async function stand(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  accountId: string,
  { status, role }: { status: 'active' | 'waitlisted' | 'requested'; role: Role },
): Promise<void> {
  if (group.suspendedAt) throw new Refusal('not-allowed', 'This group takes nobody new at the moment.')
  const now = house.now()
  const standing = {
    role,
    status,
    turn: sql<number>`nextval(pg_get_serial_sequence('memberships', 'turn'))`,
    joinedAt: status === 'active' ? now : null,
    endedAt: null,
    createdAt: now,
  }
  await tx
    .insert(memberships)
    .values({ groupId: group.id, accountId, ...standing })
    .onConflictDoUpdate({ target: [memberships.groupId, memberships.accountId], set: standing })
}

/** Fills free places from the waitlist, in order; everybody who gets one hears so by mail. */
export async function promote(house: House, tx: Transaction, group: LockedGroup): Promise<void> {
  const free = isApproved(group) && !group.suspendedAt ? group.places - (await countActive(tx, group.id)) : 0
  if (free <= 0) return
  const next = await tx
    .select({ id: memberships.id, name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, group.id), eq(memberships.status, 'waitlisted')))
    .orderBy(asc(memberships.turn))
    .limit(free)
  const coming = next.length > 0 ? await sayNext(house, tx, group) : []
  for (const { id, name, email } of next) {
    await tx
      .update(memberships)
      .set({ status: 'active', joinedAt: house.now() })
      .where(eq(memberships.id, id))
    await sendMail(house, tx, promotedLetter(house, group, { name, email }, coming))
  }
}

async function countWaitlisted(tx: Transaction, groupId: string): Promise<number> {
  const [found] = await tx
    .select({ waiting: count() })
    .from(memberships)
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'waitlisted')))
  return found?.waiting ?? 0
}
