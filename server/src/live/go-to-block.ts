import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, roomEvents, sessions, turns } from '#db/schema.ts'
import { LEAST_ON_RETURN, runningTimer, secondsLeft } from '#shared/live/rules.ts'
import { enterBlock, leaveBlock } from '../ballots/settle-deadline.ts'
import { openLiveRound } from '../feedback/open-live-round.ts'
import { beginGoRound, leavePlaying } from '../go-rounds/settle-go-round.ts'
import { beginPods } from '../pods/settle-pods.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'
import { startCounting, stopCounting } from './count-time.ts'
import { enterOverDays, revealOnLeaving, timerOverDays } from './over-days.ts'

export type BlockRow = typeof blocks.$inferSelect

export const readPlan = (tx: Transaction, sessionId: string): Promise<BlockRow[]> =>
  tx
    .select()
    .from(blocks)
    .where(eq(blocks.sessionId, sessionId))
    .orderBy(asc(blocks.position), asc(blocks.id))

export const timerOf = ({ timerEndsAt, timerLeft }: SessionRow) => ({
  endsAt: timerEndsAt?.toISOString() ?? null,
  left: timerLeft,
})

/** The command's id, so that it moves nothing when it comes again, also after going there and back; and what was seen. */
export type Moving = { id: string; from: string | null }

/** The block begins and its timer with it; the floor is free, the hands stay up. Where people work in pairs, they are put together. */
export async function goToBlock(change: Change, block: BlockRow, chairId: string, id: string): Promise<void> {
  const { tx, tell, session, now } = change
  const { currentBlockId } = session
  const seconds = block.startedAt === null ? block.minutes * 60 : await secondsOnReturn(change, block)
  const timer = session.overDays ? await timerOverDays(change, block) : runningTimer(seconds, now)
  const leaving =
    currentBlockId === null
      ? null
      : {
          blockId: currentBlockId,
          left: Math.ceil(secondsLeft(timerOf(session), now.getTime()) ?? 0),
        }

  await revealOnLeaving(change)
  await leaveBlock(change)
  if (currentBlockId !== null) await leavePlaying({ ...change, blockId: currentBlockId })
  if (currentBlockId !== null) {
    await tx.update(blocks).set({ endedAt: now }).where(eq(blocks.id, currentBlockId))
    await stopCounting(change, currentBlockId)
  }
  await tx
    .update(blocks)
    .set({ startedAt: block.startedAt ?? now, endedAt: null, skipped: false })
    .where(eq(blocks.id, block.id))
  await startCounting(change, block.id)
  const running = {
    currentBlockId: block.id,
    timerEndsAt: new Date(timer.endsAt ?? now),
    timerLeft: null,
  }
  await tx.update(sessions).set(running).where(eq(sessions.id, session.id))
  await endSpeaking(change)
  tell({ type: 'block-started', blockId: block.id, at: now.toISOString(), timer, leaving, id })
  await beginPods({ ...change, session: { ...session, ...running }, block })
  await beginGoRound({ ...change, session: { ...session, ...running }, block })
  await enterBlock({ ...change, session: { ...session, ...running } }, block)
  if (session.overDays) await enterOverDays({ ...change, session: { ...session, ...running } }, block)
  if (block.options.feedback) await openLiveRound(change, block, chairId)
}

/** What was left when the block was left last, as the log knows; its full minutes when the log is too young. */
async function secondsOnReturn({ tx, session }: Change, block: BlockRow): Promise<number> {
  const [left] = await tx
    .select({ seconds: sql<string>`${roomEvents.event} -> 'leaving' ->> 'left'` })
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, session.id),
        sql`${roomEvents.event} ->> 'type' = 'block-started'`,
        sql`${roomEvents.event} -> 'leaving' ->> 'blockId' = ${block.id}`,
      ),
    )
    .orderBy(desc(roomEvents.number))
    .limit(1)
  return left ? Math.max(LEAST_ON_RETURN, Number(left.seconds)) : block.minutes * 60
}

export async function endSpeaking({ tx, session, now }: Change): Promise<void> {
  await tx
    .update(turns)
    .set({ endedAt: now })
    .where(and(eq(turns.sessionId, session.id), isNotNull(turns.beganAt), isNull(turns.endedAt)))
}
