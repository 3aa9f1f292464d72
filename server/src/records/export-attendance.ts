import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import { accounts, attendances, memberships, rsvps, sessions } from '#db/schema.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { asCsv } from './csv.ts'
import { keepExport } from './keep-export.ts'

/** A line for each session and person: of the members of today, and of those who were there or had answered. */
export async function exportAttendance(house: House, organizer: Organizer): Promise<string> {
  const { group } = organizer
  await keepExport(house, organizer, 'attendance-exported')
  const lines = await house.db
    .select({
      title: sessions.title,
      startsAt: sessions.startsAt,
      status: sessions.status,
      name: accounts.name,
      answer: rsvps.answer,
      arrivedAt: attendances.arrivedAt,
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
    .orderBy(asc(sessions.startsAt), asc(sessions.id), asc(accounts.name), asc(accounts.id))
  const clock = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: group.zone,
  })
  return asCsv(
    ['Session', `Starts (${group.zone})`, 'Status', 'Name', 'Answer', 'Was there'],
    lines.map(({ title, startsAt, status, name, answer, arrivedAt }) => [
      title,
      clock.format(startsAt),
      status,
      name,
      answer?.replace('-', ' ') ?? 'no answer',
      status === 'scheduled' ? null : arrivedAt ? 'yes' : 'no',
    ]),
  )
}
