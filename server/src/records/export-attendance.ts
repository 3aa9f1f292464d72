import { and, asc, eq, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { accounts, attendances, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { asCsv } from './csv.ts'
import { keepExport } from './keep-export.ts'

/** A line for each session and person: of the members of today, of those who were there or had answered, and of guests. */
export async function exportAttendance(house: House, organizer: Organizer): Promise<string> {
  const { group } = organizer
  await keepExport(house, organizer, 'attendance-exported')
  const ofMembers = await house.db
    .select({
      sessionId: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      status: sessions.status,
      name: accounts.name,
      answer: rsvps.answer,
      arrivedAt: attendances.arrivedAt,
      guest: sql<boolean>`${memberships.status} <> 'active' and ${isGuest}`,
    })
    .from(sessions)
    .innerJoin(memberships, eq(memberships.groupId, sessions.groupId))
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, accounts.id)))
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, sessions.id), eq(attendances.accountId, accounts.id)),
    )
    .where(
      and(
        eq(sessions.groupId, group.id),
        ne(sessions.status, 'cancelled'),
        or(
          eq(memberships.status, 'active'),
          sql`${rsvps.answer} is not null`,
          sql`${attendances.arrivedAt} is not null`,
        ),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))
  const lines = [...ofMembers, ...(await readGuests(house, group.id))].sort(
    (one, other) =>
      one.startsAt.getTime() - other.startsAt.getTime() ||
      (one.sessionId < other.sessionId ? -1 : one.sessionId > other.sessionId ? 1 : 0),
  )
  const clock = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: group.zone,
  })
  return asCsv(
    ['Session', `Starts (${group.zone})`, 'Status', 'Name', 'Answer', 'Was there', 'Guest'],
    lines.map(({ title, startsAt, status, name, answer, arrivedAt, guest }) => [
      title,
      clock.format(startsAt),
      status,
      name,
      answer?.replace('-', ' ') ?? 'no answer',
      status === 'scheduled' ? null : arrivedAt ? 'yes' : 'no',
      guest ? 'yes' : null,
    ]),
  )
}

/** Of people who were never in the group. */
const readGuests = (house: House, groupId: string) =>
  house.db
    .select({
      sessionId: sessions.id,
      title: sessions.title,
      startsAt: sessions.startsAt,
      status: sessions.status,
      name: accounts.name,
      answer: rsvps.answer,
      arrivedAt: attendances.arrivedAt,
      guest: sql<boolean>`true`,
    })
    .from(sessionGuests)
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .innerJoin(accounts, eq(accounts.id, sessionGuests.accountId))
    .leftJoin(memberships, and(eq(memberships.groupId, groupId), eq(memberships.accountId, accounts.id)))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, sessions.id), eq(rsvps.accountId, accounts.id)))
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, sessions.id), eq(attendances.accountId, accounts.id)),
    )
    .where(
      and(
        eq(sessionGuests.groupId, groupId),
        ne(sessions.status, 'cancelled'),
        isNull(memberships.id),
        or(isNotNull(rsvps.accountId), isNotNull(attendances.accountId)),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id))

/** Somebody who left the group and came again as a guest. */
const isGuest = sql`exists (select from ${sessionGuests} g where g.session_id = ${sessions.id} and g.account_id = ${accounts.id})`
