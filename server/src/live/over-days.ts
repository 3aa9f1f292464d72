import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, groups, sessions } from '#db/schema.ts'
import type { Timer } from '#shared/live.ts'
import { isRemindedAnew, LONGEST_OPEN } from '#shared/live/over-days.ts'
import { hasReveal } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { endOfPlan, wallClockLater } from '../sessions/local-time.ts'
import { nextSequence } from '../sessions/next-sequence.ts'
import type { Change } from './change-session-room.ts'
import type { BlockRow } from './go-to-block.ts'
import { mailOpened } from './mail-over-days.ts'
import { revealBlock } from './reveal-block.ts'

/**
 * A session over days (L49). It is a live session whose timer is a date: the same state, log and verbs. These are the few
 * places where it goes another way.
 */

export async function groupOf({ tx, session }: Pick<Change, 'tx' | 'session'>): Promise<GroupRow> {
  const [group] = await tx.select().from(groups).where(eq(groups.id, session.groupId))
  if (!group) throw new Refusal('not-found')
  return group
}

/** Days on the clock of the group: what opens at 18:00 is due at 18:00, also when that clock is changed in between. */
export async function timerOverDays(change: Change, block: BlockRow): Promise<Timer> {
  const { zone } = await groupOf(change)
  return { endsAt: wallClockLater(change.now, block.minutes, zone).toISOString(), left: null }
}

/** Whatever ends a block over days reveals it: its time, everybody being done, or whoever runs the session. */
export async function revealOnLeaving(change: Change): Promise<void> {
  const { tx, session } = change
  if (!session.overDays || session.currentBlockId === null) return
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  if (block && hasReveal(block) && block.revealedAt === null) await revealBlock(change, block)
}

/** A block has begun; its timer stands already. Everybody expected gets a mail, and the calendars know the new end. */
export async function enterOverDays(change: Change, block: BlockRow): Promise<void> {
  const group = await groupOf(change)
  await moveEnd(change)
  await mailOpened(change, group, block)
}

/** Days more for the block that is on. */
export async function extendedOverDays(change: Change, timer: Timer, minutes: number): Promise<Timer> {
  const { now, session, tx } = change
  const { zone } = await groupOf(change)
  const from = new Date(Math.max(now.getTime(), timer.endsAt === null ? 0 : Date.parse(timer.endsAt)))
  const dueAt = wallClockLater(from, minutes, zone)
  if (dueAt > wallClockLater(now, LONGEST_OPEN, zone))
    throw new Refusal('conflict', 'That is too far away: a part can be open for 14 more days at most.')
  if (session.currentBlockId !== null && isRemindedAnew(now, dueAt))
    await tx.update(blocks).set({ remindedAt: null }).where(eq(blocks.id, session.currentBlockId))
  return { endsAt: dueAt.toISOString(), left: null }
}

/** The session ends when its last block is due as things stand now. */
export async function moveEnd({ house, tx, tell, session }: Change): Promise<void> {
  const [now] = await tx.select().from(sessions).where(eq(sessions.id, session.id))
  if (!now?.timerEndsAt) return
  const later = await readToCome(tx, now)
  const { zone } = await groupOf({ tx, session })
  const endsAt = endOfPlan(now.timerEndsAt, later, zone)
  if (endsAt.getTime() === now.endsAt.getTime()) return
  await tx
    .update(sessions)
    .set({ endsAt, ...nextSequence(house, now) })
    .where(eq(sessions.id, session.id))
  tell({ type: 'plan-changed' })
}

async function readToCome(tx: Transaction, { id, currentBlockId }: SessionRow): Promise<BlockRow[]> {
  const plan = await tx
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, id))
    .orderBy(asc(blocks.position), asc(blocks.id))
  const at = plan.findIndex((block) => block.id === currentBlockId)
  return plan.slice(at + 1).filter(({ skipped }) => !skipped)
}

/** What needs people in one room at one time. */
export function requireTogether({ session }: Pick<Change, 'session'>, sentence: string): void {
  if (session.overDays) throw new Refusal('conflict', sentence)
}
