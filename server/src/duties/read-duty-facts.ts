import { and, asc, desc, eq, or, isNotNull } from 'drizzle-orm'
import type { Db } from '#db/connect.ts'
import { accounts, memberships, sessions } from '#db/schema.ts'
import { DUTIES, type Duty, type HeldSession, type Holders, type RotaPerson } from '#shared/duties.ts'
import type { SessionRow } from '../sessions/guards.ts'

/** Sessions that are looked back on: two years of every week. */
const LOOKED_BACK = 104

/** Where a session says who has a duty. */
export const COLUMN_OF = {
  facilitator: 'facilitatorId',
  welcome: 'welcomeId',
  timekeeper: 'timekeeperId',
  notes: 'notesId',
} as const satisfies Record<Duty, keyof SessionRow>

const HELD = {
  startsAt: sessions.startsAt,
  facilitatorId: sessions.facilitatorId,
  welcomeId: sessions.welcomeId,
  timekeeperId: sessions.timekeeperId,
  notesId: sessions.notesId,
}

export const holdersOf = (session: Pick<SessionRow, (typeof COLUMN_OF)[Duty]>): Holders => ({
  facilitator: session.facilitatorId,
  welcome: session.welcomeId,
  timekeeper: session.timekeeperId,
  notes: session.notesId,
})

/** Who did what at sessions that are over. */
export async function readHeld(db: Db, groupId: string): Promise<HeldSession[]> {
  const past = await db
    .select(HELD)
    .from(sessions)
    .where(
      and(
        eq(sessions.groupId, groupId),
        eq(sessions.status, 'wrapped-up'),
        or(...DUTIES.map((duty) => isNotNull(sessions[COLUMN_OF[duty]]))),
      ),
    )
    .orderBy(desc(sessions.startsAt))
    .limit(LOOKED_BACK)
  return past.map((session) => ({ startsAt: session.startsAt.toISOString(), holders: holdersOf(session) }))
}

/** Active members, in the order in which they joined. */
export async function readRotaPeople(db: Db, groupId: string): Promise<(RotaPerson & { name: string })[]> {
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      role: memberships.role,
      joinedAt: memberships.joinedAt,
      createdAt: memberships.createdAt,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')))
    .orderBy(asc(memberships.turn))
  return rows.map(({ id, name, role, joinedAt, createdAt }) => ({
    id,
    name,
    mayFacilitate: role !== 'member',
    joinedAt: (joinedAt ?? createdAt).toISOString(),
  }))
}
