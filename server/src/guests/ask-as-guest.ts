import { and, eq, gt, lt } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { guestRequests } from '#db/schema.ts'
import { CONFIRM_WITHIN, MOST_ASKED_A_DAY, MOST_ASKED_AN_HOUR, type GuestDraft } from '#shared/guests.ts'
import { Refusal } from '#shared/refusals.ts'
import { freePlaces } from '#shared/session-places.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { sendMail } from '../mail/send-mail.ts'
import { sayClock, sayDay, sayWhen } from '../sessions/local-time.ts'
import { countTaken, lockPlaces } from '../sessions/places.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import type { OpenDoor } from './guards.ts'

const HOUR = 3_600_000

/** Mails a link to confirm. Nothing else happens, and nothing tells whether the address is known. */
export async function askAsGuest(
  house: House,
  { group, session }: OpenDoor,
  draft: GuestDraft,
): Promise<Record<string, never>> {
  const email = normaliseEmail(draft.email)
  const name = draft.name.trim()
  const now = house.now()
  const token = newToken()
  const expiresAt = new Date(Math.min(now.getTime() + CONFIRM_WITHIN, session.startsAt.getTime()))
  await house.db.transaction(async (tx) => {
    // Whoever asks at the same moment is counted, too.
    await lockPlaces(tx, session.id)
    await tx.delete(guestRequests).where(lt(guestRequests.createdAt, new Date(now.getTime() - 24 * HOUR)))
    await requireFewer(house, tx, session.id, email)
    await tx.insert(guestRequests).values({
      tokenHash: hashToken(token),
      groupId: group.id,
      sessionId: session.id,
      email,
      name,
      createdAt: now,
      expiresAt,
    })
    const taken = await countTaken(tx, session.id)
    const full = freePlaces(session.capacity, taken) === 0 || taken.waiting > 0
    const until = `${sayDay(expiresAt, group.zone)}, ${sayClock(expiresAt, group.zone)} (${group.zone})`
    await sendMail(house, tx, {
      to: email,
      subject: `Confirm that you want to come: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
      paragraphs: [
        `Hello ${name},`,
        `Somebody, probably you, asked with this address to come to one session of ${group.name}.`,
        `${session.title}\n${sayWhen(session, group.zone)}`,
        full
          ? 'All places are taken at the moment. Confirm, and you wait in order; you get a mail as soon as one is free.'
          : 'Confirm, and the place is yours. If it was not you, ignore this mail and nothing happens.',
      ],
      action: { label: 'Confirm', url: `${house.config.origin}/guest/${token}` },
      footer: `The link works once, until ${until}. Nobody else should have it.`,
    })
  })
  return {}
}

async function requireFewer({ config, now }: House, tx: Transaction, sessionId: string, email: string) {
  if (!config.limits) return
  if ((await tx.$count(guestRequests, eq(guestRequests.email, email))) >= MOST_ASKED_A_DAY)
    throw new Refusal(
      'too-many',
      'We mailed several links to that address today. Look into its folder for unwanted mail, or wait until tomorrow.',
      'email',
    )
  const anHourAgo = new Date(now().getTime() - HOUR)
  const lately = and(eq(guestRequests.sessionId, sessionId), gt(guestRequests.createdAt, anHourAgo))
  if ((await tx.$count(guestRequests, lately)) >= MOST_ASKED_AN_HOUR)
    throw new Refusal(
      'too-many',
      'Very many people ask for this session at the moment. Please try again in an hour.',
    )
}
