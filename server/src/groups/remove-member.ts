import { and, eq, inArray } from 'drizzle-orm'
import { accounts, memberships } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { appealLine } from '../mail/appeal.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Organizer } from './guards.ts'
import { keepAnOrganizer } from './leave-group.ts'
import { leaveSessions } from './leave-sessions.ts'
import { removalLetter } from './letters.ts'
import { lockAsOrganizer, promote } from './places.ts'
import { tellRole } from './tell-role.ts'

/** Ends the membership of somebody, or their place on the waitlist. They hear the reason by mail. */
export async function removeMember(
  house: House,
  organizer: Organizer,
  accountId: string,
  reason: string,
): Promise<object> {
  if (accountId === organizer.account.id)
    throw new Refusal('invalid', 'That is you. To go yourself, choose “Leave the group”.')
  await house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    await keepAnOrganizer(tx, group.id, accountId)
    const [removed] = await tx
      .update(memberships)
      .set({ status: 'removed', role: 'member', endedAt: house.now() })
      .where(
        and(
          eq(memberships.groupId, group.id),
          eq(memberships.accountId, accountId),
          inArray(memberships.status, ['active', 'waitlisted']),
        ),
      )
      .returning({ id: memberships.id })
    if (!removed) throw new Refusal('not-found', 'That person is no longer in the group.')
    await leaveSessions(tx, group.id, accountId)
    await keepAudit(house, tx, {
      action: 'member-removed',
      groupId: group.id,
      actorId: organizer.account.id,
      subjectId: accountId,
    })
    const [person] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
    if (person)
      await sendMail(house, tx, removalLetter(group, person, reason.trim(), await appealLine(house, tx)))
    await promote(house, tx, group)
  })
  house.rooms.endMembership(organizer.group.id, accountId)
  await tellRole(house, organizer.group.id, accountId)
  return {}
}
