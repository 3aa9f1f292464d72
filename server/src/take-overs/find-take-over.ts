import { and, desc, eq, gt, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, colleagues, memberships, takeOvers } from '#db/schema.ts'
import type { Judge, TakeOver } from '#shared/take-overs.ts'
import type { GroupRow, Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

export type TakeOverRow = typeof takeOvers.$inferSelect
export type Asked = { row: TakeOverRow; name: string; email: string }

/** Days for which the group reads what became of a request. */
const SHOWN_FOR_DAYS = 30
const DAY = 86_400_000

/** Whoever asked is still in the group and does not organize it by now; otherwise nothing is asked any more. */
const stillAsked = and(
  eq(memberships.groupId, takeOvers.groupId),
  eq(memberships.accountId, takeOvers.askedBy),
  eq(memberships.status, 'active'),
  ne(memberships.role, 'organizer'),
)

export async function findOpen(
  reader: Reader,
  which: { groupId: string } | { id: string },
): Promise<Asked | undefined> {
  const [found] = await reader
    .select({ row: takeOvers, name: accounts.name, email: accounts.email })
    .from(takeOvers)
    .innerJoin(accounts, eq(accounts.id, takeOvers.askedBy))
    .innerJoin(memberships, stillAsked)
    .where(
      and(
        eq(takeOvers.state, 'open'),
        'id' in which ? eq(takeOvers.id, which.id) : eq(takeOvers.groupId, which.groupId),
      ),
    )
  return found
}

/** What every member may read of it; why somebody said no is for who asked and for the organizers. */
export async function readTakeOver(
  house: House,
  reader: Reader,
  { account, group, role }: Member,
): Promise<{ takeOver: TakeOver | null; judge: Judge }> {
  const shown = (await findOpen(reader, { groupId: group.id })) ?? (await findLast(house, reader, group.id))
  const judge = await judgeOf(reader, group, shown?.row.askedBy)
  if (!shown) return { takeOver: null, judge }
  const { row, name } = shown
  const { id, reason, state, askedAt, decidableAt, decidedAt, answer } = row
  return {
    judge,
    takeOver: {
      id,
      reason,
      state,
      askedBy: { id: row.askedBy, name },
      askedAt: askedAt.toISOString(),
      decidableAt: decidableAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      answer: row.askedBy === account.id || role === 'organizer' ? answer : '',
    },
  }
}

async function findLast(house: House, reader: Reader, groupId: string) {
  const [last] = await reader
    .select({ row: takeOvers, name: accounts.name })
    .from(takeOvers)
    .innerJoin(accounts, eq(accounts.id, takeOvers.askedBy))
    .where(
      and(
        eq(takeOvers.groupId, groupId),
        ne(takeOvers.state, 'open'),
        ne(takeOvers.state, 'withdrawn'),
        gt(takeOvers.decidedAt, new Date(house.now().getTime() - SHOWN_FOR_DAYS * DAY)),
      ),
    )
    .orderBy(desc(takeOvers.askedAt))
    .limit(1)
  return last
}

/** An admin of the organization decides, unless there is none but whoever asks; then it is the operator. */
export async function judgeOf(
  reader: Reader,
  { organizationId }: Pick<GroupRow, 'organizationId'>,
  askedBy?: string,
): Promise<Judge> {
  if (organizationId === null) return 'operator'
  return (await readAdmins(reader, organizationId, askedBy)).length > 0 ? 'organization' : 'operator'
}

const readAdmins = (reader: Reader, organizationId: string, but?: string) =>
  reader
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(colleagues)
    .innerJoin(accounts, eq(accounts.id, colleagues.accountId))
    .where(
      and(
        eq(colleagues.organizationId, organizationId),
        eq(colleagues.role, 'admin'),
        eq(colleagues.status, 'active'),
        but ? ne(accounts.id, but) : undefined,
      ),
    )

/** Everybody who may decide. */
export async function readJudges(
  reader: Reader,
  { organizationId }: Pick<GroupRow, 'organizationId'>,
  askedBy: string,
): Promise<{ id: string; name: string; email: string }[]> {
  const admins = organizationId ? await readAdmins(reader, organizationId, askedBy) : []
  if (admins.length > 0) return admins
  const operators = await reader
    .select({ id: accounts.id, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(eq(accounts.operator, true))
  const others = operators.filter(({ id }) => id !== askedBy)
  // Where there is one operator, nobody else could decide at all; the members were told and had two weeks.
  return others.length > 0 ? others : operators
}

export const readOrganizers = (reader: Reader, groupId: string) =>
  reader
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, sample: accounts.sample })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(
      and(
        eq(memberships.groupId, groupId),
        eq(memberships.status, 'active'),
        eq(memberships.role, 'organizer'),
      ),
    )
