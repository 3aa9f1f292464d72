import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { guestRequests, memberships, sessionGuests } from '#db/schema.ts'
import { rsvpFile } from '#shared/rsvp-links.ts'
import type { Confirmed } from '#shared/guests.ts'
import { Refusal } from '#shared/refusals.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayDay, sayWhen } from '../sessions/local-time.ts'
import { guestFooter } from '../sessions/mail-guests.ts'
import { addressToAnswer } from '../sessions/make-rsvp-links.ts'
import { lockPlaces } from '../sessions/places.ts'
import { settleRsvp } from '../sessions/settle-rsvp.ts'
import { sayWhereAndHow } from '../sessions/where.ts'
import { accountOfMailbox } from '../sign-in/account-of-mailbox.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { requireGuestsWelcome, usedUp, type AskedFor, type MyOpenDoor, type OpenDoor } from './guards.ts'

/** Confirms what a mail asked, once: its mailbox is proven, and takes a place or waits for one. */
export function confirmGuest(house: House, asked: AskedFor): Promise<Confirmed> {
  const { request, group } = asked
  return house.db.transaction(async (tx) => {
    await lockPlaces(tx, asked.session.id)
    const used = await tx
      .delete(guestRequests)
      .where(eq(guestRequests.tokenHash, request.tokenHash))
      .returning({ email: guestRequests.email })
    if (used.length === 0) throw usedUp()
    const account = await accountOfMailbox(house, tx, { ...request, zone: group.zone })
    return welcome(house, tx, asked, account)
  })
}

/** Somebody who is signed in has proven their address before. */
export const comeAsGuest = (house: House, door: MyOpenDoor): Promise<Confirmed> =>
  house.db.transaction((tx) => welcome(house, tx, door, door.account))

async function welcome(
  house: House,
  tx: Transaction,
  { group, session: seen }: Pick<OpenDoor, 'group' | 'session'>,
  account: AccountRow,
): Promise<Confirmed> {
  const session = await lockPlaces(tx, seen.id)
  const [membership] = await tx
    .select({ status: memberships.status })
    .from(memberships)
    .where(and(eq(memberships.groupId, group.id), eq(memberships.accountId, account.id)))
  if (membership?.status === 'removed')
    throw new Refusal(
      'not-allowed',
      'An organizer of this group ended your membership, so you can’t come to its sessions. Ask them to mail you an invite.',
    )
  if (membership?.status !== 'active') {
    requireGuestsWelcome(house, { group, session })
    await becomeGuest(house, tx, { group, session }, account.id)
  }
  const state = await settleRsvp(house, tx, session.id, account.id, 'coming')
  const address = (await addressToAnswer(house, tx, session, [account])).get(account.id) ?? ''
  const token = address.slice(address.lastIndexOf('/') + 1)
  await sendWelcome(house, tx, { group, session }, account, state, address, token)
  return { token }
}

async function becomeGuest(
  house: House,
  tx: Transaction,
  { group, session }: Pick<OpenDoor, 'group' | 'session'>,
  accountId: string,
): Promise<void> {
  await tx
    .insert(sessionGuests)
    .values({ groupId: group.id, sessionId: session.id, accountId, confirmedAt: house.now() })
    .onConflictDoNothing()
  const [guest] = await tx
    .select({ removedAt: sessionGuests.removedAt })
    .from(sessionGuests)
    .where(and(eq(sessionGuests.sessionId, session.id), eq(sessionGuests.accountId, accountId)))
  if (guest?.removedAt)
    throw new Refusal(
      'not-allowed',
      'Whoever runs this session took you off its list. You can write to the organizers of the group.',
    )
}

function sendWelcome(
  house: House,
  tx: Transaction,
  { group, session }: Pick<OpenDoor, 'group' | 'session'>,
  { name, email }: AccountRow,
  state: RsvpState,
  address: string,
  token: string,
): Promise<void> {
  const hasPlace = state === 'coming'
  const when = `${session.title}\n${sayWhen(session, group.zone)}`
  return sendMail(house, tx, {
    to: email,
    subject: `${hasPlace ? 'You have a place' : 'You wait for a place'}: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
    paragraphs: [
      `Hello ${name},`,
      hasPlace
        ? `You come to a session of ${group.name}. Good to have you.`
        : `You want to come to a session of ${group.name}. All places are taken, so you wait in order. When one is free, you get a mail and can take it.`,
      hasPlace ? `${when}\n${sayWhereAndHow(group, session)}` : when,
      ...(hasPlace
        ? [
            `For your calendar: ${house.config.origin}${rsvpFile(token)}`,
            'If you can’t come after all, say so, and the place goes on to the next.',
          ]
        : []),
      `You come as a guest: you are not in the group, and read nothing of what it writes. An account with this address, ${email}, shows your place, too; have a sign-in link mailed to you whenever you want one.`,
    ],
    action: {
      label: hasPlace ? 'Your place, and a way to give it back' : 'Where you are in the line',
      url: address,
    },
    footer: guestFooter(group),
  })
}
