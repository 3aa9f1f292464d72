import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, leads } from '#db/schema.ts'
import { isGone } from '#shared/live/lead.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Seat } from '../sessions/guards.ts'

/** @throws Refusal when somebody else leads and has locked the table. A lock of somebody who is gone holds nobody up. */
export async function requireUnlocked(tx: Transaction, { member, session }: Seat, now: Date): Promise<void> {
  const [lead] = await tx
    .select({ lead: leads, name: accounts.name })
    .from(leads)
    .innerJoin(accounts, eq(accounts.id, leads.leaderId))
    .where(eq(leads.sessionId, session.id))
  if (!lead || lead.lead.lockedAt === null || lead.lead.leaderId === member.account.id) return
  if (isGone(lead.lead.seenAt, now)) return
  throw new Refusal(
    'not-allowed',
    `${lead.name} leads and has locked the table. Ask them to unlock it or to hand you the lead.`,
  )
}
