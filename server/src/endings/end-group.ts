import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, memberships, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow, Organizer } from '../groups/guards.ts'
import { lockAsOrganizer } from '../groups/places.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { tellRooms, type Told } from '../rooms/change-room.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { sayWhen } from '../sessions/local-time.ts'
import { tellGuestsCancelled } from '../sessions/mail-guests.ts'
import { mailMembers } from '../sessions/mail-members.ts'
import { nextSequence } from '../sessions/next-sequence.ts'

/** Ends a group in peace: what was ahead is cancelled, everybody hears of it, and what was written stays. */
export async function endGroup(house: House, organizer: Organizer, thanks: string): Promise<void> {
  const told = await house.db.transaction(async (tx) => {
    const group = await lockAsOrganizer(tx, organizer)
    await tx.update(groups).set({ thanks: thanks.trim() }).where(eq(groups.id, group.id))
    if (group.archivedAt !== null) return []

    const { told, cancelled } = await cancelAhead(house, tx, group.id)
    await tx.update(groups).set({ archivedAt: house.now() }).where(eq(groups.id, group.id))
    await dismissWaiting(house, tx, group)
    await mailMembers(house, tx, group, organizer.account.id, {
      subject: `${group.name} has ended`,
      paragraphs: [
        `${organizer.account.name} has ended the group. Everything in it can still be read, and what you wrote stays yours.`,
        ...(thanks.trim() ? [thanks.trim()] : []),
        ...(cancelled.length > 0
          ? [
              `This will not take place any more:\n${cancelled
                .map((session) => `${session.title}, ${sayWhen(session, group.zone)}`)
                .join('\n')}`,
            ]
          : []),
      ],
      action: {
        label: 'See what the group has achieved',
        url: `${house.config.origin}/groups/${group.slug}/farewell`,
      },
    })
    for (const session of cancelled) await tellGuestsCancelled(house, tx, group, session)
    return told
  })
  for (const { roomId, number } of told) house.rooms.announce(roomId, number)
}

async function cancelAhead(
  house: House,
  tx: Transaction,
  groupId: string,
): Promise<{ told: Told[]; cancelled: SessionRow[] }> {
  const ofGroup = (...status: SessionRow['status'][]) =>
    and(eq(sessions.groupId, groupId), inArray(sessions.status, status))
  const ahead = await tx.select({ id: sessions.id }).from(sessions).where(ofGroup('scheduled', 'live'))
  const told = await tellRooms(
    house,
    tx,
    ahead.map(({ id }) => id),
    { type: 'plan-changed' },
  )
  // Their rooms are held from here on, so none of them opens meanwhile.
  const [live] = await tx.select({ title: sessions.title }).from(sessions).where(ofGroup('live'))
  if (live)
    throw new Refusal(
      'conflict',
      `“${live.title}” is running, or its room is still open. Close it in the room first.`,
    )
  const cancelled = await tx
    .select()
    .from(sessions)
    .where(ofGroup('scheduled'))
    .orderBy(asc(sessions.id))
    .for('update')
  for (const session of cancelled)
    await tx
      .update(sessions)
      .set({ status: 'cancelled', cancelReason: 'The group has ended.', ...nextSequence(house, session) })
      .where(eq(sessions.id, session.id))
  return {
    told,
    cancelled: cancelled.toSorted((one, other) => Number(one.startsAt) - Number(other.startsAt)),
  }
}

/** Who asked to join or waits for a place waits no longer. */
async function dismissWaiting(house: House, tx: Transaction, group: GroupRow): Promise<void> {
  const waiting = and(
    eq(memberships.groupId, group.id),
    inArray(memberships.status, ['requested', 'waitlisted']),
  )
  const people = await tx
    .select({ name: accounts.name, email: accounts.email })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(waiting)
  await tx.update(memberships).set({ status: 'left', endedAt: house.now() }).where(waiting)
  for (const { name, email } of people)
    await sendMail(house, tx, {
      to: email,
      subject: `${group.name} has ended`,
      paragraphs: [
        `Hello ${name},`,
        `You were waiting to come into ${group.name}. The group has ended, so no place will become free.`,
      ],
      action: { label: 'Find another group', url: `${house.config.origin}/groups` },
      footer: `You get this mail because you were waiting for ${group.name}.`,
    })
}

/** Goes on where it ended. Cancelled sessions stay cancelled. */
export async function takeUpGroup(house: House, organizer: Organizer): Promise<void> {
  await house.db.transaction(async (tx) => {
    const { id } = await lockAsOrganizer(tx, organizer)
    await tx.update(groups).set({ archivedAt: null }).where(eq(groups.id, id))
  })
}
