import { and, eq, isNotNull, isNull, ne } from 'drizzle-orm'
import { answers, attendances } from '#db/schema.ts'
import { closingOf } from '#shared/live/closing.ts'
import { hasReveal } from '#shared/live/rules.ts'
import type { Change } from './change-session-room.ts'
import type { BlockRow } from './go-to-block.ts'
import { revealBlock } from './reveal-block.ts'

/** One word each stands there as soon as everybody with a screen has one; whoever leads is not waited for. */
export async function revealIfAllAreDone(change: Change, block: BlockRow): Promise<void> {
  if (closingOf(block) !== 'one-word' || !hasReveal(block) || block.options.anonymous) return
  const { tx, session } = change
  // Over days those who are expected are waited for (settle-over-days.ts).
  if (session.overDays) return
  const leader = session.facilitatorId
  const missing = await tx
    .select({ accountId: attendances.accountId })
    .from(attendances)
    .leftJoin(
      answers,
      and(
        eq(answers.blockId, block.id),
        eq(answers.accountId, attendances.accountId),
        isNotNull(answers.done),
      ),
    )
    .where(
      and(
        eq(attendances.sessionId, session.id),
        eq(attendances.noticed, 'room'),
        isNull(answers.id),
        leader === null ? undefined : ne(attendances.accountId, leader),
      ),
    )
    .limit(1)
  if (missing.length === 0) await revealBlock(change, block)
}
