import { and, desc, eq, gte, inArray, isNull, ne, or, type SQL } from 'drizzle-orm'
import { groups, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import { openPlaceOf, placeInWords, type Place } from '#shared/where.ts'
import { CANCELLED_STAYS, PAST_STAYS } from '#shared/calendar.ts'
import { sessionPage } from '#shared/public-pages.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { linkTo, sayPreparation } from '../sessions/schedule-session.ts'
import { placeOfMeeting } from '../sessions/where.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import type { Entry } from './write-calendar.ts'

const DAY = 86_400_000
const SESSIONS_WRITTEN = 2_000

/**
 * The sessions of all groups that somebody is in now, as their members see them, and those they come to as a guest. One
 * with few places is certain for whoever has one, uncertain for whoever might get one, and not there for whoever said no.
 */
export async function readMySessions(house: House, account: AccountRow): Promise<Entry[]> {
  const rows = await house.db
    .select({ session: sessions, group: groups, answer: rsvps.answer })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .innerJoin(sessions, eq(sessions.groupId, groups.id))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, account.id)))
    .where(
      and(
        eq(memberships.accountId, account.id),
        eq(memberships.status, 'active'),
        gte(sessions.startsAt, daysAgo(house, PAST_STAYS)),
        or(ne(sessions.status, 'cancelled'), recent(house)),
        or(isNull(sessions.capacity), isNull(rsvps.answer), ne(rsvps.answer, 'not-coming')),
      ),
    )
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS_WRITTEN)
  const asMember = rows.map(({ session, group, answer }) => forMember(house, group, session, answer))
  const known = new Set(asMember.map(({ id }) => id))
  return [...asMember, ...(await readGuestSessions(house, account)).filter(({ id }) => !known.has(id))]
}

async function readGuestSessions(house: House, account: AccountRow): Promise<Entry[]> {
  const rows = await house.db
    .select({ session: sessions, group: groups, answer: rsvps.answer })
    .from(sessionGuests)
    .innerJoin(groups, eq(groups.id, sessionGuests.groupId))
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .innerJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, sessionGuests.accountId)))
    .where(
      and(
        eq(sessionGuests.accountId, account.id),
        isNull(sessionGuests.removedAt),
        inArray(rsvps.answer, ['coming', 'waiting', 'offered']),
        recent(house),
      ),
    )
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS_WRITTEN)
  return rows.map(({ session, group, answer }) => forGuest(house, group, session, answer))
}

/** The sessions of a public group, with what its public page says. */
export async function readPublicSessions(house: House, group: GroupRow): Promise<Entry[]> {
  const rows = await house.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.groupId, group.id), recent(house)))
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS_WRITTEN)
  return rows.map((session) => forEverybody(house, group, session))
}

const daysAgo = (house: House, days: number) => new Date(house.now().getTime() - days * DAY)
const recent = (house: House): SQL => gte(sessions.startsAt, daysAgo(house, CANCELLED_STAYS))

const roomOf = (house: House, sessionId: string) => `${house.config.origin}/room/${sessionId}`

type Said = RsvpState | null

export function forMember(house: House, group: GroupRow, session: SessionRow, said: Said = null): Entry {
  const { onlineLink, overDays, cancelReason } = session
  const place = placeOfMeeting(group, session)
  const page = linkTo(house, group.slug, session.id)
  return {
    ...basicsOf(group, session),
    tentative: session.capacity !== null && said !== 'coming',
    place: placeInWords(place) || (onlineLink ?? ''),
    paragraphs:
      session.status === 'cancelled'
        ? ['This session was cancelled.', ...(cancelReason ? [`The reason: ${cancelReason}`] : []), page]
        : [
            ...sayPreparation(session),
            ...(onlineLink ? [`Online: ${onlineLink}`] : []),
            ...howToGetIn(place),
            `Plan, and who ${overDays ? 'takes part' : 'is coming'}: ${page}`,
            `The live room, from your own screen: ${roomOf(house, session.id)}`,
          ],
    page,
  }
}

/** As its public page shows it, and, for whoever has a place, in which room and by which link. */
export function forGuest(house: House, group: GroupRow, session: SessionRow, said: Said = null): Entry {
  const open = forEverybody(house, group, session)
  const { room, onlineLink } = session
  if (said !== 'coming' || session.status === 'cancelled') return { ...open, tentative: true }
  const place = [...new Set([room, open.place])].filter((part) => part && part !== 'Online').join(', ')
  return {
    ...open,
    place: place || (onlineLink ?? ''),
    paragraphs: [...(onlineLink ? [`Online: ${onlineLink}`] : []), ...open.paragraphs],
  }
}

/** The room of a session, its online link and what to prepare are for members. */
export function forEverybody(house: House, group: GroupRow, session: SessionRow): Entry {
  const page = house.config.origin + sessionPage(group.slug, session.id)
  const place = { ...openPlaceOf(group, session), room: null }
  return {
    ...basicsOf(group, session),
    place: placeInWords(place) || (session.onlineLink ? 'Online' : ''),
    paragraphs: [
      ...(session.status === 'cancelled' ? ['This session was cancelled.'] : []),
      ...(group.purpose ? [group.purpose] : []),
      ...(session.onlineLink && placeInWords(place)
        ? ['You can also come online; who has a place gets the link.']
        : []),
      ...howToGetIn(place),
      `The session, and how to come: ${page}`,
    ],
    page,
  }
}

const howToGetIn = ({ accessNotes }: Place) => (accessNotes ? [`How to get in: ${accessNotes}`] : [])

const basicsOf = (group: GroupRow, session: SessionRow) => ({
  id: session.id,
  title: `${session.title}, ${group.name}`,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  overDays: session.overDays,
  cancelled: session.status === 'cancelled',
  sequence: session.sequence,
  changedAt: session.changedAt,
  createdAt: session.createdAt,
})
