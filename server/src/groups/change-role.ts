import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships } from '#db/schema.ts'
import type { Role } from '#shared/groups.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Organizer } from './guards.ts'
import { keepAnOrganizer } from './leave-group.ts'
import { roleLetter } from './letters.ts'
import { lockAsOrganizer } from './places.ts'
import { tellRole } from './tell-role.ts'

/** Organizers may be several: giving somebody that role shares the work. Whoever has another role hears of it by mail. */
export async function changeRole(
  house: House,
  organizer: Organizer,
  accountId: string,
  role: Role,
): Promise<object> {
  const changed = await house.db.transaction(async (tx) => {
    const { id: groupId } = await lockAsOrganizer(tx, organizer)
    if (role !== 'organizer') await keepAnOrganizer(tx, groupId, accountId)
    const from = await giveRole(tx, groupId, accountId, role)
    await keepRoleChange(house, tx, organizer, accountId, from, role)
    if (from !== role) await mailRole(house, tx, organizer, accountId, role)
    return from !== role
  })
  if (changed) await tellRole(house, organizer.group.id, accountId)
  return {}
}

/** Makes another member organizer; who hands over stays, as a facilitator. */
export async function handOver(house: House, organizer: Organizer, accountId: string): Promise<object> {
  if (accountId === organizer.account.id)
    throw new Refusal('invalid', 'You organize this group already. Choose another member.', 'accountId')
  await house.db.transaction(async (tx) => {
    const { id: groupId } = await lockAsOrganizer(tx, organizer)
    await giveRole(tx, groupId, accountId, 'organizer')
    await mailRole(house, tx, organizer, accountId, 'organizer')
    await giveRole(tx, groupId, organizer.account.id, 'facilitator')
    await keepAudit(house, tx, {
      action: 'group-handed-over',
      groupId,
      actorId: organizer.account.id,
      subjectId: accountId,
    })
  })
  await tellRole(house, organizer.group.id, accountId, organizer.account.id)
  return {}
}

async function mailRole(
  house: House,
  tx: Transaction,
  { account, group }: Organizer,
  accountId: string,
  role: Role,
): Promise<void> {
  const [person] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
  if (person && !person.sample && person.id !== account.id)
    await sendMail(house, tx, roleLetter(house, group, person, account.name, role))
}

/** @returns the role before */
export async function giveRole(
  tx: Transaction,
  groupId: string,
  accountId: string,
  role: Role,
): Promise<Role> {
  const theirs = and(
    eq(memberships.groupId, groupId),
    eq(memberships.accountId, accountId),
    eq(memberships.status, 'active'),
  )
  const [before] = await tx.select({ role: memberships.role }).from(memberships).where(theirs)
  if (!before) throw new Refusal('not-found', 'That person is no longer in the group.')
  await tx.update(memberships).set({ role }).where(theirs)
  return before.role
}

async function keepRoleChange(
  house: House,
  tx: Transaction,
  { account, group }: Organizer,
  subjectId: string,
  from: Role,
  to: Role,
): Promise<void> {
  if (from === to) return
  await keepAudit(house, tx, {
    action: 'role-changed',
    groupId: group.id,
    actorId: account.id,
    subjectId,
    detail: { from, to },
  })
}
