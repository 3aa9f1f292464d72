import { and, asc, eq, gt, isNull, lte } from 'drizzle-orm'
import { groups, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayDay, sayWhen } from '../sessions/local-time.ts'
import { guestFooter, readGuests } from '../sessions/mail-guests.ts'
import { addressToAnswer } from '../sessions/make-rsvp-links.ts'
import { sayWhereAndHow } from '../sessions/where.ts'

const DAY = 24 * 3_600_000
/** Whoever confirmed so shortly before knows. */
const KNOWN_FOR = 6 * 3_600_000

/** A day before a session, its guests who have a place are reminded once; again when it moves. */
export async function remindGuests(house: House): Promise<void> {
  const now = house.now()
  const due = await house.db
    .selectDistinct({ session: sessions, group: groups })
    .from(sessionGuests)
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .innerJoin(groups, eq(groups.id, sessionGuests.groupId))
    .innerJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, sessionGuests.accountId)))
    .where(
      and(
        eq(sessions.status, 'scheduled'),
        isNull(groups.suspendedAt),
        gt(sessions.startsAt, now),
        lte(sessions.startsAt, new Date(now.getTime() + DAY)),
        eq(rsvps.answer, 'coming'),
        ...isDue(now),
      ),
    )
    .orderBy(asc(sessions.id))
  for (const { session, group } of due)
    await house.db.transaction(async (tx) => {
      const reminded = await tx
        .update(sessionGuests)
        .set({ remindedAt: now })
        .where(and(eq(sessionGuests.sessionId, session.id), ...isDue(now)))
        .returning({ accountId: sessionGuests.accountId })
      const ids = new Set(reminded.map(({ accountId }) => accountId))
      const guests = (await readGuests(tx, session, ['coming'])).filter(({ id }) => ids.has(id))
      const urls = await addressToAnswer(house, tx, session, guests)
      for (const { id, name, email } of guests)
        await sendMail(house, tx, {
          to: email,
          subject: `Soon: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
          paragraphs: [
            `Hello ${name},`,
            `You have a place in a session of ${group.name}.`,
            `${session.title}\n${sayWhen(session, group.zone)}\n${sayWhereAndHow(group, session)}`,
            'If you can’t come, say so, and somebody else can.',
          ],
          action: { label: 'Your place, and a way to give it back', url: urls.get(id) ?? '' },
          footer: guestFooter(group),
        })
    })
}

const isDue = (now: Date) => [
  isNull(sessionGuests.remindedAt),
  isNull(sessionGuests.removedAt),
  lte(sessionGuests.confirmedAt, new Date(now.getTime() - KNOWN_FOR)),
]
