import { and, asc, eq, inArray, isNotNull, max, count } from 'drizzle-orm'
import { accounts, attendances, memberships, sessions } from '#db/schema.ts'
import type { Organizer } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { asCsv } from './csv.ts'
import { keepExport } from './keep-export.ts'

/** Addresses are not in it: the members were not told that an organizer reads them. */
export async function exportRoster(house: House, organizer: Organizer): Promise<string> {
  const { group } = organizer
  await keepExport(house, organizer, 'roster-exported')
  const there = house.db
    .select({
      accountId: attendances.accountId,
      times: count().as('times'),
      last: max(sessions.startsAt).as('last'),
    })
    .from(attendances)
    .innerJoin(sessions, eq(sessions.id, attendances.sessionId))
    .where(and(eq(attendances.groupId, group.id), isNotNull(sessions.openedAt)))
    .groupBy(attendances.accountId)
    .as('there')
  const people = await house.db
    .select({ name: accounts.name, membership: memberships, times: there.times, last: there.last })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(there, eq(there.accountId, memberships.accountId))
    .where(and(eq(memberships.groupId, group.id), inArray(memberships.status, ['active', 'waitlisted'])))
    .orderBy(asc(memberships.status), asc(accounts.name), asc(memberships.turn))
  return asCsv(
    ['Name', 'Role', 'Status', 'Since', 'Sessions attended', 'Last attended'],
    people.map(({ name, membership: { role, status, joinedAt, createdAt }, times, last }) => [
      name,
      role,
      status,
      dayOf(joinedAt ?? createdAt),
      times ?? 0,
      last ? dayOf(new Date(last)) : null,
    ]),
  )

  function dayOf(instant: Date): string {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: group.zone }).format(instant)
  }
}
