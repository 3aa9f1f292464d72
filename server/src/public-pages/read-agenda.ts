import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { accounts, memberships, rsvps, series, sessions } from '#db/schema.ts'
import { SESSIONS_TOLD, type Agenda, type PublicSession, type SessionPage } from '#shared/public-pages.ts'
import { welcomesGuests } from '#shared/guests.ts'
import { openPlaceOf } from '#shared/where.ts'
import type { GroupRow } from '../groups/guards.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { toInstant } from '../sessions/local-time.ts'
import { hasBegun } from '../sessions/places.ts'
import type { ReachableGroup, ReachableSession } from './guards.ts'
import { groupAddress, sessionAddress } from './addresses.ts'

const ORGANIZERS_NAMED = 20

/** What is coming up in a group, soonest first: with what is live, and what was called off. */
export async function readAgenda(house: House, { group }: ReachableGroup): Promise<Agenda> {
  return {
    address: groupAddress(house, group.slug),
    sessions: await readComing(house, group),
    organizers: await readOrganizers(house, group.id),
  }
}

export async function readSessionPage(
  house: House,
  { group, session }: ReachableSession,
): Promise<SessionPage> {
  const [shown] = await showSessions(house, group, [session])
  if (!shown) throw new Error('a session without a page')
  return {
    address: sessionAddress(house, group.slug, session.id),
    session: shown,
    organizers: await readOrganizers(house, group.id),
  }
}

export async function readComing(house: House, group: GroupRow): Promise<PublicSession[]> {
  return showSessions(house, group, await findComing(house, group))
}

export async function findComing(house: House, group: GroupRow): Promise<SessionRow[]> {
  if (group.archivedAt) return []
  return house.db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, group.id),
        gt(sessions.endsAt, house.now()),
        inArray(sessions.status, ['scheduled', 'live', 'cancelled']),
      ),
    )
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
    .limit(SESSIONS_TOLD)
}

/** Names of organizers stand on the page of a group; their own page is named when they opened one. */
async function readOrganizers(house: House, groupId: string): Promise<Agenda['organizers']> {
  return house.db
    .select({
      name: accounts.name,
      page: sql<string | null>`case when ${isNull(accounts.suspendedAt)} then ${accounts.publicSlug} end`,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
    .orderBy(asc(memberships.turn))
    .limit(ORGANIZERS_NAMED)
}

/** Until it begins, and never where the people are invented. */
export const takesGuests = (group: GroupRow, session: SessionRow, now: Date): boolean =>
  !group.sample && group.archivedAt === null && !hasBegun(session, now) && welcomesGuests(group, session)

export async function showSessions(
  house: House,
  group: GroupRow,
  rows: readonly SessionRow[],
): Promise<PublicSession[]> {
  const [asked, zones] = await Promise.all([countAnswers(house, rows), readZones(house, rows)])
  return rows.map((session) => {
    const template = session.templateId === null ? undefined : findTemplate(session.templateId)
    const place = openPlaceOf(group, session)
    return {
      id: session.id,
      title: session.title,
      purpose: session.purpose,
      template: template ? { id: template.id, title: template.title } : null,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
      state: stateOf(session, house.now()),
      movedFrom: movedFrom(session, zones),
      ...place,
      online: session.onlineLink !== null,
      takesGuests: takesGuests(group, session, house.now()),
      places: session.capacity === null ? null : placesOf(session.capacity, asked.get(session.id)),
    }
  })
}

function stateOf({ status, endsAt }: SessionRow, now: Date): PublicSession['state'] {
  switch (status) {
    case 'cancelled':
      return 'cancelled'
    case 'wrapped-up':
      return 'over'
    case 'live':
      return 'now'
    case 'scheduled':
      return endsAt > now ? 'ahead' : 'over'
  }
}

type Asked = { taken: number; waiting: number }

/** A place that is offered to somebody is taken. */
async function countAnswers(house: House, rows: readonly SessionRow[]): Promise<Map<string, Asked>> {
  const limited = rows.filter(({ capacity }) => capacity !== null).map(({ id }) => id)
  if (limited.length === 0) return new Map()
  const counted = await house.db
    .select({ sessionId: rsvps.sessionId, answer: rsvps.answer, people: count() })
    .from(rsvps)
    .where(inArray(rsvps.sessionId, limited))
    .groupBy(rsvps.sessionId, rsvps.answer)
  return new Map(
    limited.map((id) => {
      const people = (...answers: string[]) =>
        counted
          .filter(({ sessionId, answer }) => sessionId === id && answers.includes(answer))
          .reduce((sum, one) => sum + one.people, 0)
      return [id, { taken: people('coming', 'offered'), waiting: people('waiting') }]
    }),
  )
}

const placesOf = (all: number, { taken, waiting }: Asked = { taken: 0, waiting: 0 }) => ({
  all,
  free: Math.max(0, all - taken),
  waiting,
})

/** The zones of the series that sessions belong to. */
async function readZones(house: House, rows: readonly SessionRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ seriesId }) => seriesId ?? []))]
  if (ids.length === 0) return new Map()
  const found = await house.db
    .select({ id: series.id, zone: series.zone })
    .from(series)
    .where(inArray(series.id, ids))
  return new Map(found.map(({ id, zone }) => [id, zone]))
}

/** When the rule of its series has it, where that is another time. */
function movedFrom(
  { seriesId, occurrence, startsAt }: SessionRow,
  zones: ReadonlyMap<string, string>,
): string | null {
  const zone = seriesId === null ? undefined : zones.get(seriesId)
  if (!zone || occurrence === null) return null
  const planned = toInstant(occurrence, zone)
  return planned.getTime() === startsAt.getTime() ? null : planned.toISOString()
}
