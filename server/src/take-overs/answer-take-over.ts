import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { takeOvers } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { giveRole } from '../groups/change-role.ts'
import type { Organizer } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockAsOrganizer, type LockedGroup } from '../groups/places.ts'
import { tellRole } from '../groups/tell-role.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { mailMembers } from '../sessions/mail-members.ts'
import { findOpen, readTakeOver, type Asked } from './find-take-over.ts'
import { objectionLetter, takenOverLetter } from './letters.ts'

/** An organizer is still there. The request ends, and whoever asked hears why. */
export async function objectToTakeOver(house: House, organizer: Organizer, reason: string) {
  await house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    const asked = await requireOpen(tx, group)
    await tx
      .update(takeOvers)
      .set({
        state: 'objected',
        answer: reason.trim(),
        decidedBy: organizer.account.id,
        decidedAt: house.now(),
      })
      .where(eq(takeOvers.id, asked.row.id))
    await sendMail(house, tx, objectionLetter(house, group, asked, organizer.account.name, reason.trim()))
  })
  return readTakeOver(house, house.db, organizer)
}

/** An organizer hands over at once, and stays as a facilitator. */
export async function grantTakeOver(house: House, organizer: Organizer) {
  const askedBy = await house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    requireOpenGroup(group)
    const { row, name } = await requireOpen(tx, group)
    const by = { groupId: group.id, actorId: organizer.account.id }
    await giveRole(tx, group.id, row.askedBy, 'organizer')
    await giveRole(tx, group.id, organizer.account.id, 'facilitator')
    await tx
      .update(takeOvers)
      .set({ state: 'handed-over', decidedBy: organizer.account.id, decidedAt: house.now() })
      .where(eq(takeOvers.id, row.id))
    await keepAudit(house, tx, { ...by, action: 'group-handed-over', subjectId: row.askedBy })
    await keepAudit(house, tx, {
      ...by,
      action: 'role-changed',
      subjectId: organizer.account.id,
      detail: { from: 'organizer', to: 'facilitator' },
    })
    await mailMembers(
      house,
      tx,
      group,
      organizer.account.id,
      takenOverLetter(house, group, name, `${organizer.account.name} handed the group over.`),
    )
    return row.askedBy
  })
  await tellRole(house, organizer.group.id, askedBy, organizer.account.id)
  return readTakeOver(house, house.db, organizer)
}

async function requireOpen(tx: Transaction, { id }: LockedGroup): Promise<Asked> {
  const asked = await findOpen(tx, { groupId: id })
  if (!asked) throw new Refusal('conflict', 'Nobody asks to take this group over any more.')
  return asked
}
