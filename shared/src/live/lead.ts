import type { SessionView } from '../live.ts'
import type { Door } from '../joining.ts'
import type { Lead } from '../leading.ts'

/** The leader has to be gone that long before somebody else leads. */
export const AWAY_AFTER = 30_000
/** A leader who is connected is noted that often; so long after the last note they may still be there. */
export const NOTED_EVERY = 4_000
/** When nobody looked at a room for so long, no process was there to see the leader: their absence counts from now. */
export const UNWATCHED_AFTER = 10_000

export const NO_LEAD: Lead = { leaderId: null, locked: false, lost: null, coFacilitators: [] }
export const NO_DOOR: Door = { code: null, guests: false, shown: true }

/** Whether the leader has been gone for long enough. */
export const isGone = (seenAt: Date, now: Date): boolean =>
  now.getTime() - seenAt.getTime() >= AWAY_AFTER + NOTED_EVERY

/** Whether the table is locked for somebody who may run the session otherwise. */
export const isLockedFor = ({ locked, leaderId }: Lead, accountId: string): boolean =>
  locked && leaderId !== null && leaderId !== accountId

/**
 * Whether somebody who may run the session may take the lead by one press: whoever lost it, the facilitator of the session,
 * and anybody when nobody leads.
 */
export const mayTakeLead = (
  { lead, session }: Pick<SessionView, 'lead' | 'session'>,
  accountId: string,
): boolean =>
  lead.leaderId !== accountId &&
  session.status === 'live' &&
  (lead.leaderId === null || lead.lost?.accountId === accountId || session.facilitatorId === accountId)

/** Whoever deletes their account leads nothing any more. */
export const withoutLeader = (lead: Lead, accountId: string): Lead => ({
  leaderId: lead.leaderId === accountId ? null : lead.leaderId,
  locked: lead.locked,
  lost: lead.lost?.accountId === accountId ? null : lead.lost,
  coFacilitators: lead.coFacilitators.filter((one) => one.accountId !== accountId),
})
