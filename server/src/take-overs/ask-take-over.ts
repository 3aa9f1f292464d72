import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { takeOvers } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { NOTICE_DAYS } from '#shared/take-overs.ts'
import type { GroupRow, Member } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockGroup } from '../groups/places.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { findOpen, readOrganizers, readTakeOver } from './find-take-over.ts'
import { requestLetter } from './letters.ts'
import { tellJudges } from './tell-judges.ts'

const DAY = 86_400_000

/**
 * Asks to organize the group. Organizers hear of it at once and have two weeks to object; where there is none, nobody
 * has to be waited for. One request at a time.
 */
export async function askTakeOver(
  house: House,
  member: Member,
  { id, reason }: { id: string; reason: string },
) {
  const { account, group } = member
  if (member.role === 'organizer') throw new Refusal('conflict', 'You organize this group already.')
  await house.db.transaction(async (tx) => {
    const locked = await lockGroup(tx, group.id)
    requireOpenGroup(locked)
    const open = await findOpen(tx, { groupId: group.id })
    if (open?.row.id === id && open.row.askedBy === account.id) return
    if (open)
      throw new Refusal(
        'conflict',
        open.row.askedBy === account.id
          ? 'You have asked already. Take that request back to ask anew.'
          : `${open.name} has asked already, and one request at a time is enough.`,
      )
    await closeForgotten(tx, group.id, house.now())
    const organizers = await readOrganizers(tx, group.id)
    const now = house.now()
    const [added] = await tx
      .insert(takeOvers)
      .values({
        id,
        groupId: group.id,
        askedBy: account.id,
        reason: reason.trim(),
        state: 'open',
        askedAt: now,
        decidableAt: organizers.length > 0 ? new Date(now.getTime() + NOTICE_DAYS * DAY) : now,
      })
      .onConflictDoNothing()
      .returning()
    if (!added) throw new Refusal('conflict')
    await tellOrganizers(house, tx, locked, organizers, { name: account.name, reason: reason.trim() })
    await tellJudges(house, tx, added)
  })
  return readTakeOver(house, house.db, member)
}

/** Of somebody who has left since, or who organizes the group by now. */
async function closeForgotten(tx: Transaction, groupId: string, decidedAt: Date): Promise<void> {
  await tx
    .update(takeOvers)
    .set({ state: 'withdrawn', decidedAt })
    .where(and(eq(takeOvers.groupId, groupId), eq(takeOvers.state, 'open')))
}

async function tellOrganizers(
  house: House,
  tx: Transaction,
  group: GroupRow,
  organizers: Awaited<ReturnType<typeof readOrganizers>>,
  asked: { name: string; reason: string },
): Promise<void> {
  for (const organizer of organizers)
    if (!organizer.sample) await sendMail(house, tx, requestLetter(house, group, organizer, asked))
}

/** Whoever asked thinks better of it. */
export async function withdrawTakeOver(house: House, member: Member) {
  await house.db.transaction(async (tx) => {
    const { id: groupId } = await lockGroup(tx, member.group.id)
    const open = await findOpen(tx, { groupId })
    if (!open || open.row.askedBy !== member.account.id)
      throw new Refusal('not-found', 'There is no request of yours to take back.')
    await tx
      .update(takeOvers)
      .set({ state: 'withdrawn', decidedBy: member.account.id, decidedAt: house.now() })
      .where(eq(takeOvers.id, open.row.id))
  })
  return readTakeOver(house, house.db, member)
}
