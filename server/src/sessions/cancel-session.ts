import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { lockSession } from './change-session.ts'
import type { Chair } from './guards.ts'
import { sayDay, sayWhen } from './local-time.ts'
import { tellGuestsCancelled } from './mail-guests.ts'
import { mailMembers } from './mail-members.ts'
import { nextSequence } from './next-sequence.ts'
import { freeQuestions } from './open-questions.ts'
import { readSession } from './read-session.ts'
import { linkTo } from './schedule-session.ts'

/** Calls a session off. Everybody in the group hears why. */
export async function cancelSession(house: House, chair: Chair, reason: string): Promise<Session> {
  const { account, group } = chair.member
  await changeRoom(house, chair.session.id, async (tx, tell) => {
    const session = await lockSession(tx, chair.session.id)
    if (session.status === 'cancelled') return
    if (session.status !== 'scheduled')
      throw new Refusal('conflict', 'This session has begun. Close it in the room instead.')
    await tx
      .update(sessions)
      .set({ status: 'cancelled', cancelReason: reason.trim(), ...nextSequence(house, session) })
      .where(eq(sessions.id, session.id))
    tell({ type: 'plan-changed' })
    await mailMembers(house, tx, group, account.id, {
      subject: `Cancelled: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
      paragraphs: [
        `${account.name} has cancelled a session of ${group.name}: ${session.title}, ${sayWhen(session, group.zone)}.`,
        `The reason: ${reason.trim()}`,
      ],
      action: { label: 'See the session', url: linkTo(house, group.slug, session.id) },
    })
    await tellGuestsCancelled(house, tx, group, session)
  })
  await freeQuestions(house, group.id)
  return readSession(house.db, chair.member, chair.session.id)
}
