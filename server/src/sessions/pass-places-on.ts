import { and, asc, eq, exists, gt, inArray, isNotNull, lte, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, rsvps, sessions } from '#db/schema.ts'
import { freePlaces, offerEnd } from '#shared/session-places.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { addressToAnswer, type Addressee } from './make-rsvp-links.ts'
import { countTaken, hasBegun, lockPlaces } from './places.ts'
import { lapsedLetter, offerLetter, placeLetter } from './place-letters.ts'

/**
 * Offers what is free to those who wait, in their order, each until a deadline. Called under the lock of the places,
 * whenever one may have become free.
 */
export async function passPlacesOn(house: House, tx: Transaction, session: SessionRow): Promise<void> {
  const end = hasBegun(session, house.now()) ? undefined : offerEnd(house.now(), session.startsAt)
  if (!end || session.capacity === null) return
  const free = freePlaces(session.capacity, await countTaken(tx, session.id))
  const next = await readLine(tx, session, ['waiting'], free)
  await stand(tx, session, next, { answer: 'offered', offerEndsAt: end })
  await mailEach(house, tx, session, next, (group, person, url) =>
    offerLetter(group, session, person, url, end),
  )
}

/** More places go to those who wait, in their order and without a question; whoever has an offer is first among them. */
export async function givePlaces(house: House, tx: Transaction, session: SessionRow): Promise<void> {
  if (hasBegun(session, house.now())) return
  const free = freePlaces(session.capacity, await countTaken(tx, session.id))
  const next = await readLine(tx, session, ['offered', 'waiting'], free)
  await stand(tx, session, next, { answer: 'coming', offerEndsAt: null })
  await mailEach(house, tx, session, next, (group, person, url) => placeLetter(group, session, person, url))
  await passPlacesOn(house, tx, session)
}

/** What somebody let go by is nobody's any more; they may ask again. No offer outlives the start. Tells whether there was any. */
export async function endLapsedOffers(house: House, tx: Transaction, session: SessionRow): Promise<boolean> {
  const begun = hasBegun(session, house.now())
  const lapsed = await tx
    .delete(rsvps)
    .where(
      and(
        eq(rsvps.sessionId, session.id),
        eq(rsvps.answer, 'offered'),
        begun ? undefined : lte(rsvps.offerEndsAt, house.now()),
      ),
    )
    .returning({ id: rsvps.accountId })
  if (lapsed.length === 0) return false
  if (!begun) {
    const ids = lapsed.map(({ id }) => id)
    const people = await tx.select(ADDRESSEE).from(accounts).where(inArray(accounts.id, ids))
    await mailEach(house, tx, session, people, (group, person, url) =>
      lapsedLetter(group, session, person, url),
    )
  }
  return true
}

/** Looks at each session in which something is due, in a transaction of its own. */
export async function passAllPlacesOn(house: House): Promise<void> {
  for (const id of await findDue(house)) {
    await house.db.transaction(async (tx) => {
      const session = await lockPlaces(tx, id)
      await endLapsedOffers(house, tx, session)
      await passPlacesOn(house, tx, session)
    })
  }
}

async function findDue({ db, now }: House): Promise<string[]> {
  const ofSession = (answer: RsvpState, ...more: ReturnType<typeof eq>[]) =>
    db
      .select({ id: rsvps.accountId })
      .from(rsvps)
      .where(and(eq(rsvps.sessionId, sessions.id), eq(rsvps.answer, answer), ...more))
  const taken = sql`(select count(*) from ${rsvps} r where r.session_id = ${sessions.id} and r.answer in ('coming', 'offered'))`
  const due = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        isNotNull(sessions.capacity),
        inArray(sessions.status, ['scheduled', 'live']),
        or(
          exists(ofSession('offered', lte(rsvps.offerEndsAt, now()))),
          and(
            eq(sessions.status, 'scheduled'),
            gt(sessions.startsAt, now()),
            exists(ofSession('waiting')),
            sql`${taken} < ${sessions.capacity}`,
          ),
        ),
      ),
    )
    .orderBy(asc(sessions.id))
  return due.map(({ id }) => id)
}

const ADDRESSEE = { id: accounts.id, name: accounts.name, email: accounts.email, sample: accounts.sample }

/** Those in these states, in the order of asking. */
async function readLine(
  tx: Transaction,
  { id }: SessionRow,
  answers: RsvpState[],
  most: number,
): Promise<(Addressee & { sample: boolean })[]> {
  const line = tx
    .select(ADDRESSEE)
    .from(rsvps)
    .innerJoin(accounts, eq(accounts.id, rsvps.accountId))
    .where(and(eq(rsvps.sessionId, id), inArray(rsvps.answer, answers)))
    .orderBy(asc(rsvps.turn))
  return most === 0 ? [] : Number.isFinite(most) ? line.limit(most) : line
}

/** They keep their turn. */
async function stand(
  tx: Transaction,
  { id }: SessionRow,
  people: readonly Addressee[],
  standing: { answer: RsvpState; offerEndsAt: Date | null },
): Promise<void> {
  if (people.length === 0) return
  const ids = people.map((person) => person.id)
  await tx
    .update(rsvps)
    .set(standing)
    .where(and(eq(rsvps.sessionId, id), inArray(rsvps.accountId, ids)))
}

/** Invented people get no mail. */
async function mailEach(
  house: House,
  tx: Transaction,
  session: SessionRow,
  people: readonly (Addressee & { sample: boolean })[],
  write: (group: GroupRow, person: Addressee, url: string) => Letter,
): Promise<void> {
  const reached = people.filter(({ sample }) => !sample)
  if (reached.length === 0) return
  const [group] = await tx.select().from(groups).where(eq(groups.id, session.groupId))
  if (!group) return
  const urls = await addressToAnswer(house, tx, session, reached)
  for (const person of reached) await sendMail(house, tx, write(group, person, urls.get(person.id) ?? ''))
}
