import { and, asc, count, eq, gte, inArray, isNull, lt, ne, notInArray, or, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { attendances, groups, memberships, sessions } from '#db/schema.ts'
import { HR_MONTHS, type HrMonth, type HrView } from '#shared/hr.ts'
import { leaveOutSmall, type Count } from '#shared/small-numbers.ts'
import type { House } from '../house.ts'
import type { Hr } from '../organizations/guards.ts'

/** How the groups of an organization live, in counts. Rows are made of ids here, and nothing but numbers leaves. */
export async function readHr(house: House, { organization }: Hr): Promise<HrView> {
  const months = monthsBefore(house.now())
  const finished = months.slice(0, -1)
  return house.db.transaction(
    async (tx) => {
      const known = await listGroups(tx, organization.id)
      const ids = known.map(({ id }) => id)
      const members = await countMembers(tx, ids)
      const held = await countSessions(tx, ids, months)
      const present = await countAttendances(tx, ids, months)

      const seats = leaveOutSmall(ids.map((id) => members.get(id) ?? NOBODY))
      const attended = finished.map((month) =>
        leaveOutSmall(ids.map((id) => present.get(`${id} ${month}`) ?? NOBODY)),
      )
      const heldIn = (id: string, month: string) => held.get(`${id} ${month}`) ?? 0
      const monthsOf = (row: number): HrMonth[] =>
        months.map((month, index) => ({
          sessions: heldIn(ids[row] ?? '', month),
          attendance: attended[index]?.rows[row] ?? null,
        }))
      return {
        months,
        groups: known.map(({ name, archivedAt }, row) => ({
          name,
          ended: archivedAt !== null,
          members: seats.rows[row] ?? null,
          months: monthsOf(row),
        })),
        members: seats.total,
        totals: months.map((month, index) => ({
          sessions: ids.reduce((sum, id) => sum + heldIn(id, month), 0),
          attendance: attended[index]?.total ?? null,
        })),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

const NOBODY: Count = { number: 0, people: [] }

/** The finished months that are shown, and the one that is not over: "2026-10". */
function monthsBefore(now: Date): string[] {
  return Array.from({ length: HR_MONTHS + 1 }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - HR_MONTHS + index, 1))
      .toISOString()
      .slice(0, 7),
  )
}

/** A private group is known outside of it when the organization said yes to it, and only then. */
async function listGroups(reader: Reader, organizationId: string) {
  return reader
    .select({ id: groups.id, name: groups.name, archivedAt: groups.archivedAt })
    .from(groups)
    .where(
      and(
        eq(groups.organizationId, organizationId),
        eq(groups.sample, false),
        isNull(groups.suspendedAt),
        notInArray(groups.approval, ['waiting', 'declined']),
        or(ne(groups.visibility, 'private'), eq(groups.approval, 'approved')),
      ),
    )
    .orderBy(asc(groups.name), asc(groups.id))
}

async function countMembers(reader: Reader, ids: string[]): Promise<Map<string, Count>> {
  const rows = await reader
    .select({ groupId: memberships.groupId, accountId: memberships.accountId })
    .from(memberships)
    .where(and(inArray(memberships.groupId, ids), eq(memberships.status, 'active')))
  return new Map(
    ids.map((id) => {
      const people = rows.filter(({ groupId }) => groupId === id).map(({ accountId }) => accountId)
      return [id, { number: people.length, people }]
    }),
  )
}

/** The month of a session on the wall of its group. */
const monthOf = sql<string>`to_char(${sessions.startsAt} at time zone ${groups.zone}, 'YYYY-MM')`

const heldWithin = (ids: string[], months: string[]): SQL | undefined =>
  and(
    inArray(sessions.groupId, ids),
    eq(sessions.status, 'wrapped-up'),
    // A day more at each end; which month it is, the wall of the group says.
    gte(sessions.startsAt, new Date(Date.parse(`${months[0] ?? ''}-01T00:00:00Z`) - 86_400_000)),
    lt(sessions.startsAt, new Date(Date.parse(`${months.at(-1) ?? ''}-01T00:00:00Z`) + 33 * 86_400_000)),
  )

async function countSessions(reader: Reader, ids: string[], months: string[]): Promise<Map<string, number>> {
  const rows = await reader
    .select({ groupId: sessions.groupId, month: monthOf, number: count() })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(heldWithin(ids, months))
    .groupBy(sessions.groupId, sql`2`)
  return new Map(rows.map(({ groupId, month, number }) => [`${groupId} ${month}`, number]))
}

/** How often somebody was there, and how many different people that were: the latter decides what is told. */
async function countAttendances(
  reader: Reader,
  ids: string[],
  months: string[],
): Promise<Map<string, Count>> {
  const rows = await reader
    .select({
      groupId: sessions.groupId,
      month: monthOf,
      number: count(),
      people: sql<string[]>`array_agg(distinct ${attendances.accountId}::text)`,
    })
    .from(attendances)
    .innerJoin(sessions, eq(sessions.id, attendances.sessionId))
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(heldWithin(ids, months))
    .groupBy(sessions.groupId, sql`2`)
  return new Map(
    rows.map(({ groupId, month, number, people }) => [`${groupId} ${month}`, { number, people }]),
  )
}
