import { and, eq, isNull } from 'drizzle-orm'
import { accounts, rsvps, sessionGuests } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { Chair } from '../sessions/guards.ts'
import { sayDay, sayWhen } from '../sessions/local-time.ts'
import { guestFooter } from '../sessions/mail-guests.ts'
import { passPlacesOn } from '../sessions/pass-places-on.ts'
import { lockPlaces } from '../sessions/places.ts'

/** Takes a guest off the list. Their place goes on, and no link lets them in again. */
export async function removeGuest(
  house: House,
  { member: { group }, session: { id } }: Chair,
  accountId: string,
): Promise<Record<string, never>> {
  await house.db.transaction(async (tx) => {
    const session = await lockPlaces(tx, id)
    const removed = await tx
      .update(sessionGuests)
      .set({ removedAt: house.now() })
      .where(
        and(
          eq(sessionGuests.sessionId, id),
          eq(sessionGuests.accountId, accountId),
          isNull(sessionGuests.removedAt),
        ),
      )
      .returning({ accountId: sessionGuests.accountId })
    if (removed.length === 0) throw new Refusal('not-found', 'That person is not a guest of this session.')
    await tx.delete(rsvps).where(and(eq(rsvps.sessionId, id), eq(rsvps.accountId, accountId)))
    await passPlacesOn(house, tx, session)
    const [guest] = await tx.select().from(accounts).where(eq(accounts.id, accountId))
    if (!guest) return
    await sendMail(house, tx, {
      to: guest.email,
      subject: `You are not expected any more: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
      paragraphs: [
        `Hello ${guest.name},`,
        `Whoever runs this session of ${group.name} took you off the list of its guests: ${session.title}, ${sayWhen(session, group.zone)}.`,
        'If you think that this is a mistake, talk to the organizers. Their names are on the page of the group.',
      ],
      footer: guestFooter(group),
    })
  })
  house.rooms.endMembership(group.id, accountId)
  return {}
}
