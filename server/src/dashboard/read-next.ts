import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { accounts, blocks, episodes, memberships, rsvps, sessions } from '#db/schema.ts'
import type { NextFacts, PersonFacts } from '#shared/dashboard-rules.ts'
import { noHolders, suggestDuty } from '#shared/duties.ts'
import { readHeld, readRotaPeople } from '../duties/read-duty-facts.ts'
import type { RsvpState } from '#shared/sessions.ts'
import { placeInWords } from '#shared/where.ts'
import type { Facilitator } from '../groups/guards.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { readGuests } from '../sessions/mail-guests.ts'
import { countTaken } from '../sessions/places.ts'
import { sayWhen } from '../sessions/local-time.ts'
import { countOpenQuestions } from '../sessions/open-questions.ts'
import { placeOfMeeting } from '../sessions/where.ts'

export type Next = { session: SessionRow; episode: string | null; facts: NextFacts }

/** The session that is on now or comes next, and what is known of it. */
export async function readNext(
  db: Db,
  { group, account }: Facilitator,
  now: Date,
): Promise<Next | undefined> {
  const [found] = await db
    .select({ session: sessions, episode: episodes.title })
    .from(sessions)
    .leftJoin(episodes, eq(episodes.id, sessions.episodeId))
    .where(
      and(
        eq(sessions.groupId, group.id),
        or(eq(sessions.status, 'live'), and(eq(sessions.status, 'scheduled'), gt(sessions.endsAt, now))),
      ),
    )
    .orderBy(asc(sessions.startsAt))
    .limit(1)
  if (!found) return undefined
  const { session, episode } = found
  const people = await readPeople(db, session)
  const guests = await readGuests(db, session, ['coming'])
  const taken = await countTaken(db, session.id)
  const keeper = people.find(({ id }) => id === session.timekeeperId)
  return {
    session,
    episode,
    facts: {
      id: session.id,
      title: session.title,
      status: session.status,
      overDays: session.overDays,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
      place: placeInWords(placeOfMeeting(group, session)),
      onlineLink: session.onlineLink,
      when: sayWhen(session, group.zone),
      blocks: await db
        .select({ minutes: blocks.minutes })
        .from(blocks)
        .where(eq(blocks.sessionId, session.id)),
      members: people.length,
      coming: people.filter(({ answer }) => answer === 'coming').length + guests.length,
      guests: guests.length,
      capacity: session.capacity,
      waiting: taken.waiting + taken.offered,
      notComing: people.filter(({ answer }) => answer === 'not-coming').length,
      silent: people.filter(({ answer }) => answer === null).map(toPerson),
      openQuestions: (await countOpenQuestions(db, session)) || (session.episodeId ? 0 : null),
      timekeeper: keeper?.name ?? null,
      couldKeepTime: await chooseTimekeeper(
        db,
        session,
        people.filter(({ id }) => id !== account.id),
      ),
      welcomed: session.welcomeId !== null,
      noted: session.notesId !== null,
    },
  }
}

type Invited = PersonFacts & { answer: RsvpState | null }

const toPerson = ({ id, name, email }: Invited): PersonFacts => ({ id, name, email })

const readPeople = (db: Db, session: SessionRow): Promise<Invited[]> =>
  db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, answer: rsvps.answer })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, session.id), eq(rsvps.accountId, memberships.accountId)))
    .where(and(eq(memberships.groupId, session.groupId), eq(memberships.status, 'active')))
    .orderBy(asc(accounts.name), asc(accounts.id))

/** Of those who can be asked, whoever the rota suggests. */
async function chooseTimekeeper(
  db: Db,
  session: SessionRow,
  people: readonly Invited[],
): Promise<PersonFacts | null> {
  const couldBeAsked = (await readRotaPeople(db, session.groupId)).filter(({ id }) =>
    people.some((one) => one.id === id),
  )
  const ahead = {
    id: session.id,
    startsAt: session.startsAt.toISOString(),
    // Somebody who welcomes can keep time, too.
    holders: { ...noHolders(), facilitator: session.facilitatorId },
    away: people.filter(({ answer }) => answer === 'not-coming').map(({ id }) => id),
  }
  const suggested = suggestDuty('timekeeper', couldBeAsked, await readHeld(db, session.groupId), ahead)
  const first = people.find(({ id }) => id === suggested)
  return first ? toPerson(first) : null
}
