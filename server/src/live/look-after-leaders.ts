import { and, eq, lt, sql } from 'drizzle-orm'
import { coFacilitators, leads, memberships, sessions } from '#db/schema.ts'
import { isGone, NOTED_EVERY, UNWATCHED_AFTER } from '#shared/live/lead.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Present } from '../rooms/rooms.ts'
import { giveLead, lockLead } from './change-lead.ts'
import { findChairs } from './find-chairs.ts'

/**
 * Every process says of its open rooms who is connected, every two seconds. That the leader is, is noted in the database; when
 * no process could note it for long enough, the first co-facilitator who is connected leads. Which process finds that out
 * makes no difference: the lead is looked at again under the room's lock, and changes once. A leader who may not run the session
 * any more is as good as gone, however long they stay.
 */
export async function lookAfterLeaders(house: House, rooms: readonly Present[]): Promise<void> {
  const present = new Map(rooms.map((room) => [room.roomId, room]))
  // Over days nobody has to be there, so nobody is gone.
  const open = await house.db
    .select({ lead: leads, mayRun: mayStillRun })
    .from(leads)
    .innerJoin(
      sessions,
      and(eq(sessions.id, leads.sessionId), eq(sessions.status, 'live'), eq(sessions.overDays, false)),
    )
    .where(isAmong([...present.keys()]))
  const now = house.now()
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)

  const entitled = new Set(open.filter(({ mayRun }) => mayRun).map(({ lead }) => lead))
  const connected = (lead: LeadRow) =>
    lead.leaderId !== null &&
    present.get(lead.sessionId)?.here.includes(lead.leaderId) === true &&
    entitled.has(lead)
  const all = open.map(({ lead }) => lead)
  const seen = all.filter((lead) => connected(lead) && lead.seenAt < ago(NOTED_EVERY))
  if (seen.length > 0)
    await house.db
      .update(leads)
      .set({ seenAt: now, lookedAt: now })
      .where(isAmong(idsOf(seen)))

  // After an outage nobody knows how long the leader has been gone.
  const others = all.filter((lead) => !seen.includes(lead))
  const unwatched = others.filter(({ lookedAt }) => lookedAt < ago(UNWATCHED_AFTER))
  if (unwatched.length > 0)
    await house.db
      .update(leads)
      .set({ seenAt: now, lookedAt: now })
      .where(and(isAmong(idsOf(unwatched)), lt(leads.lookedAt, ago(UNWATCHED_AFTER))))
  const watched = others.filter((lead) => !unwatched.includes(lead))
  const looked = watched.filter(({ lookedAt }) => lookedAt < ago(NOTED_EVERY))
  if (looked.length > 0)
    await house.db
      .update(leads)
      .set({ lookedAt: now })
      .where(and(isAmong(idsOf(looked)), lt(leads.lookedAt, now)))

  for (const lead of watched.filter((one) => !connected(one) && isGone(one.seenAt, now)))
    await takeOver(house, lead.sessionId, present.get(lead.sessionId)?.everywhere ?? [])
}

const mayStillRun = sql<boolean>`exists (
  select 1 from ${memberships}
    left join ${coFacilitators} on ${coFacilitators.sessionId} = ${leads.sessionId}
      and ${coFacilitators.accountId} = ${memberships.accountId}
  where ${memberships.accountId} = ${leads.leaderId} and ${memberships.groupId} = ${leads.groupId}
    and ${memberships.status} = 'active'
    and (${memberships.role} <> 'member' or ${coFacilitators.accountId} is not null)
)`

type LeadRow = typeof leads.$inferSelect

const isAmong = (sessionIds: string[]) => sql`${leads.sessionId} = any(${sql.param(sessionIds)}::uuid[])`
const idsOf = (all: { sessionId: string }[]): string[] => all.map(({ sessionId }) => sessionId)

/** The first who may run the session and is connected leads. When nobody is, everything stays as it is. */
async function takeOver(house: House, sessionId: string, connected: readonly string[]): Promise<void> {
  const [found] = await house.db.select().from(sessions).where(eq(sessions.id, sessionId))
  if (!found) return
  const chairs = await findChairs(house.db, found)
  const next = chairs.find(({ accountId, arrived }) => arrived && connected.includes(accountId))?.accountId
  if (!next) return
  await changeRoom(house, sessionId, async (tx, tell) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update')
    if (session?.status !== 'live') return
    const now = house.now()
    const lead = await lockLead({ tx, session })
    if (!lead || lead.leaderId === next || !isGone(lead.seenAt, now)) return
    await giveLead({ tx, tell, session, now }, lead.leaderId, next, 'taken-over')
  })
}
