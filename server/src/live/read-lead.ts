import { asc, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts, coFacilitators, joinCodes, leads, type memberships } from '#db/schema.ts'
import type { Door } from '#shared/joining.ts'
import type { CoFacilitator, Lead } from '#shared/leading.ts'
import { NO_DOOR } from '#shared/live/lead.ts'
import type { LivePerson } from '#shared/live.ts'

/** Who runs a session now, and who else may. */
export async function readLead(reader: Reader, sessionId: string): Promise<Lead> {
  const [lead] = await reader.select().from(leads).where(eq(leads.sessionId, sessionId))
  return {
    leaderId: lead?.leaderId ?? null,
    locked: (lead?.lockedAt ?? null) !== null,
    lost: lead?.lostId && lead.lostAt ? { accountId: lead.lostId, at: lead.lostAt.toISOString() } : null,
    coFacilitators: await readCoFacilitators(reader, sessionId),
  }
}

export const readCoFacilitators = (reader: Reader, sessionId: string): Promise<CoFacilitator[]> =>
  reader
    .select({ accountId: accounts.id, name: accounts.name })
    .from(coFacilitators)
    .innerJoin(accounts, eq(accounts.id, coFacilitators.accountId))
    .where(eq(coFacilitators.sessionId, sessionId))
    .orderBy(asc(coFacilitators.position), asc(coFacilitators.accountId))

export async function readDoor(reader: Reader, sessionId: string): Promise<Door> {
  const [door] = await reader
    .select({ code: joinCodes.code, guests: joinCodes.guests, shown: joinCodes.shown })
    .from(joinCodes)
    .where(eq(joinCodes.sessionId, sessionId))
  return door ?? NO_DOOR
}

type Membership = typeof memberships.$inferSelect

/**
 * What somebody is in the room: their role in the group, or a guest, who may have come by code. Whoever only asked to join, or waits,
 * is a guest as well; whoever left the group is one when they came back by code.
 */
export function asPerson(
  role: Membership['role'] | null,
  status: Membership['status'] | null,
  cameAt: Date | null,
): Pick<LivePerson, 'role' | 'guest' | 'byCode'> {
  const wasIn = status === 'left' || status === 'removed'
  if (role !== null && (status === 'active' || (wasIn && cameAt === null))) return { role }
  return { role: 'member', guest: true, ...(cameAt !== null ? { byCode: true } : {}) }
}
