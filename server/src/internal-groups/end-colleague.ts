import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, colleagues } from '#db/schema.ts'
import type { Departure } from '#shared/organizations.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { keepAnAdmin } from '../organizations/change-colleague-role.ts'
import type { Admin, Colleague } from '../organizations/guards.ts'
import { lockAsAdmin, lockOrganization, type LockedOrganization } from '../organizations/lock-organization.ts'
import { tellAdmins } from '../organizations/tell-admins.ts'
import { endMemberships, type Ended } from './end-memberships.ts'
import { departureLetter, farewellLetter } from './letters.ts'

/** Somebody left the company: they are in none of its groups any more. What is theirs stays theirs. */
export async function endColleague(house: House, admin: Admin, accountId: string): Promise<Departure> {
  if (accountId === admin.account.id)
    throw new Refusal('invalid', 'That is you. To go yourself, choose “Leave the organization”.')
  return depart(house, accountId, admin.account.id, (tx) => lockAsAdmin(tx, admin))
}

export async function leaveOrganization(
  house: House,
  { account, organization }: Colleague,
): Promise<Departure> {
  return depart(house, account.id, account.id, (tx) => lockOrganization(tx, organization.id))
}

async function depart(
  house: House,
  accountId: string,
  actorId: string,
  lock: (tx: Transaction) => Promise<LockedOrganization>,
): Promise<Departure> {
  const { groupIds, handedOver, ended } = await house.db.transaction(async (tx) => {
    const organization = await lock(tx)
    const theirs = and(
      eq(colleagues.organizationId, organization.id),
      eq(colleagues.accountId, accountId),
      eq(colleagues.status, 'active'),
    )
    const [gone] = await tx
      .select({ id: accounts.id, name: accounts.name, email: accounts.email })
      .from(colleagues)
      .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
      .where(theirs)
    if (!gone) throw new Refusal('not-found', 'That person is no colleague any more.')
    await keepAnAdmin(tx, organization, accountId)
    await tx.update(colleagues).set({ status: 'left', role: 'colleague', endedAt: house.now() }).where(theirs)
    await keepAudit(house, tx, {
      action: 'colleague-ended',
      organizationId: organization.id,
      actorId,
      subjectId: accountId,
    })
    const result = await endMemberships(house, tx, organization, gone, actorId)
    await sendMail(house, tx, farewellLetter(gone, organization, result.groupIds.length))
    if (result.handedOver.length + result.ended.length > 0) {
      await tellAdmins(house, tx, organization.id, (admin) =>
        departureLetter(admin, gone, organization, result),
      )
    }
    return result satisfies Ended
  })
  for (const groupId of groupIds) house.rooms.endMembership(groupId, accountId)
  return { groups: groupIds.length, handedOver, ended }
}
