import { and, asc, eq, inArray, isNull, notExists } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { accounts, memberships, rsvps, sessionGuests } from '#db/schema.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { sayDay, sayWhen } from './local-time.ts'
import { addressToAnswer, type Addressee } from './make-rsvp-links.ts'
import { sayWhereAndHow } from './where.ts'

/** Guests of a session who have a place or wait for one, and have not joined the group since. */
export const readGuests = (
  tx: Reader,
  { id, groupId }: SessionRow,
  answers: RsvpState[] = ['coming', 'offered', 'waiting'],
): Promise<(Addressee & { answer: RsvpState })[]> =>
  tx
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, answer: rsvps.answer })
    .from(sessionGuests)
    .innerJoin(accounts, eq(accounts.id, sessionGuests.accountId))
    .innerJoin(
      rsvps,
      and(eq(rsvps.sessionId, sessionGuests.sessionId), eq(rsvps.accountId, sessionGuests.accountId)),
    )
    .where(
      and(
        eq(sessionGuests.sessionId, id),
        isNull(sessionGuests.removedAt),
        inArray(rsvps.answer, answers),
        notExists(
          tx
            .select({ id: memberships.id })
            .from(memberships)
            .where(
              and(
                eq(memberships.groupId, groupId),
                eq(memberships.accountId, sessionGuests.accountId),
                eq(memberships.status, 'active'),
              ),
            ),
        ),
      ),
    )
    .orderBy(asc(rsvps.turn))

/** One letter to each guest. What is for people with a place only is said where the writer asks for it. */
export async function mailGuests(
  house: House,
  tx: Transaction,
  group: GroupRow,
  session: SessionRow,
  write: (hasPlace: boolean) => Pick<Letter, 'subject' | 'paragraphs'>,
): Promise<void> {
  const guests = await readGuests(tx, session)
  const urls = await addressToAnswer(house, tx, session, guests)
  for (const { id, name, email, answer } of guests) {
    const { subject, paragraphs } = write(answer === 'coming')
    await sendMail(house, tx, {
      to: email,
      subject,
      paragraphs: [`Hello ${name},`, ...paragraphs],
      action: { label: 'Your place, and a way to give it back', url: urls.get(id) ?? '' },
      footer: guestFooter(group),
    })
  }
}

/** Guests hear where it is now; room and link only who has a place. */
export const tellGuestsMoved = async (
  house: House,
  tx: Transaction,
  group: GroupRow,
  before: SessionRow,
  after: SessionRow,
): Promise<void> => {
  await tx.update(sessionGuests).set({ remindedAt: null }).where(eq(sessionGuests.sessionId, after.id))
  await mailGuests(house, tx, group, after, (hasPlace) => ({
    subject: `Moved: ${after.title}, now ${sayDay(after.startsAt, group.zone)}`,
    paragraphs: [
      `A session of ${group.name} that you asked to come to has moved.`,
      `Now: ${after.title}\n${sayWhen(after, group.zone)}${hasPlace ? `\n${sayWhereAndHow(group, after)}` : ''}`,
      `Before: ${sayWhen(before, group.zone)}`,
      hasPlace
        ? 'You keep your place. If you can’t come any more, say so, and it goes on to the next.'
        : 'You keep your turn in the line.',
    ],
  }))
}

/** Why is told to the group; guests hear that nobody will be there. */
export const tellGuestsCancelled = (
  house: House,
  tx: Transaction,
  group: GroupRow,
  session: SessionRow,
): Promise<void> =>
  mailGuests(house, tx, group, session, () => ({
    subject: `Cancelled: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
    paragraphs: [
      `A session of ${group.name} that you asked to come to was cancelled: ${session.title}, ${sayWhen(session, group.zone)}.`,
      'The group goes on. Its page has the next one.',
    ],
  }))

export const guestFooter = ({ name }: Pick<GroupRow, 'name'>): string =>
  `You get this because you asked to come to one session of ${name} as a guest. The link answers for you without a sign-in, so leave it out when you pass this on.`
