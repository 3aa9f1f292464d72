import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { colleagues, groups, takeOvers } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { isDecidable, type WaitingTakeOver } from '#shared/take-overs.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import { giveRole } from '../groups/change-role.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { lockGroup, type LockedGroup } from '../groups/places.ts'
import { countActive } from '../groups/show-group.ts'
import { tellRole } from '../groups/tell-role.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { mailMembers } from '../sessions/mail-members.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { findOpen, readJudges, readOrganizers, type Asked } from './find-take-over.ts'
import { declinedLetter, takenOverLetter } from './letters.ts'

const MOST_SHOWN = 100

/** What waits for me, oldest first: as an admin of the organization of a group, or as the operator. */
export async function listTakeOvers(house: House, { account }: SignedIn): Promise<WaitingTakeOver[]> {
  const { db } = house
  const mine = db
    .select({ id: colleagues.organizationId })
    .from(colleagues)
    .where(
      and(
        eq(colleagues.accountId, account.id),
        eq(colleagues.role, 'admin'),
        eq(colleagues.status, 'active'),
      ),
    )
  const open = await db
    .select({ id: takeOvers.id, group: groups })
    .from(takeOvers)
    .innerJoin(groups, eq(groups.id, takeOvers.groupId))
    .where(
      and(
        eq(takeOvers.state, 'open'),
        isNull(groups.archivedAt),
        // What others decide takes no room from what is mine.
        account.operator ? undefined : inArray(groups.organizationId, mine),
      ),
    )
    .orderBy(asc(takeOvers.askedAt))
    .limit(MOST_SHOWN)
  const waiting: WaitingTakeOver[] = []
  for (const { id, group } of open) {
    const asked = await findOpen(db, { id })
    if (!asked || !(await readJudges(db, group, asked.row.askedBy)).some((judge) => judge.id === account.id))
      continue
    waiting.push({
      id,
      group: group.name,
      askedBy: asked.name,
      reason: asked.row.reason,
      askedAt: asked.row.askedAt.toISOString(),
      decidableAt: asked.row.decidableAt.toISOString(),
      organizers: (await readOrganizers(db, group.id)).map(({ name }) => name),
      members: await countActive(db, group.id),
    })
  }
  return waiting
}

/** Whoever is not asked to decide is told that there is no such request. */
export async function decideTakeOver(
  house: House,
  { account }: SignedIn,
  id: string,
  { confirm, reason = '' }: { confirm: boolean; reason?: string },
): Promise<void> {
  const changed = await house.db.transaction(async (tx) => {
    const { group, asked } = await requireJudge(tx, account.id, id)
    requireOpenGroup(group)
    if (!isDecidable(asked.row, house.now()))
      throw new Refusal(
        'conflict',
        'The organizers still have time to object. You can decide once their two weeks are over.',
      )
    if (!confirm && reason.trim() === '')
      throw new Refusal('invalid', 'Say why, so that whoever asked knows what to do now.', 'reason')
    await tx
      .update(takeOvers)
      .set({
        state: confirm ? 'confirmed' : 'declined',
        answer: reason.trim(),
        decidedBy: account.id,
        decidedAt: house.now(),
      })
      .where(eq(takeOvers.id, id))
    if (!confirm) {
      await tellDeclined(house, tx, group, asked, reason.trim())
      return undefined
    }
    const before = await handOver(house, tx, group, asked, account.id)
    return { groupId: group.id, accountIds: [asked.row.askedBy, ...before] }
  })
  if (changed) await tellRole(house, changed.groupId, ...changed.accountIds)
}

async function requireJudge(
  tx: Transaction,
  accountId: string,
  id: string,
): Promise<{ group: LockedGroup; asked: Asked }> {
  const [found] = await tx.select({ groupId: takeOvers.groupId }).from(takeOvers).where(eq(takeOvers.id, id))
  if (!found) throw new Refusal('not-found')
  const group = await lockGroup(tx, found.groupId)
  const asked = await findOpen(tx, { id })
  if (!asked) throw new Refusal('not-found')
  const judges = await readJudges(tx, group, asked.row.askedBy)
  if (!judges.some((judge) => judge.id === accountId)) throw new Refusal('not-found')
  return { group, asked }
}

/** Whoever asked organizes the group; who did before stays in it, as a facilitator. Everybody hears of it. @returns who organized it before */
async function handOver(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  { row, name }: Asked,
  actorId: string,
): Promise<string[]> {
  const before = await readOrganizers(tx, group.id)
  for (const { id } of before) {
    await giveRole(tx, group.id, id, 'facilitator')
    await keepAudit(house, tx, {
      action: 'role-changed',
      groupId: group.id,
      actorId,
      subjectId: id,
      detail: { from: 'organizer', to: 'facilitator' },
    })
  }
  await giveRole(tx, group.id, row.askedBy, 'organizer')
  await keepAudit(house, tx, {
    action: 'group-handed-over',
    groupId: group.id,
    actorId,
    subjectId: row.askedBy,
    detail: { takeOver: row.id },
  })
  await mailMembers(
    house,
    tx,
    group,
    undefined,
    takenOverLetter(
      house,
      group,
      name,
      `${name} asked for it, no organizer objected in the time there was, and it was confirmed from outside the group.`,
    ),
  )
  return before.map(({ id }) => id)
}

async function tellDeclined(
  house: House,
  tx: Transaction,
  group: LockedGroup,
  asked: Asked,
  reason: string,
): Promise<void> {
  const people = [{ name: asked.name, email: asked.email }, ...(await readOrganizers(tx, group.id))]
  for (const person of people)
    await sendMail(house, tx, declinedLetter(house, group, person, asked.name, reason))
}
