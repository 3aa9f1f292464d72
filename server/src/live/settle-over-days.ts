import { and, eq, isNull, lte, or } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { blocks, groups, sessions } from '#db/schema.ts'
import { endsWhenAllAreDone, isReminderDue } from '#shared/live/over-days.ts'
import { neighbour } from '#shared/live/rules.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { tryEach } from '../try-each.ts'
import { beginLead } from './begin-lead.ts'
import type { Change } from './change-session-room.ts'
import { endSession } from './end-session.ts'
import { findMissing } from './find-expected.ts'
import { goToBlock, readPlan, type BlockRow } from './go-to-block.ts'
import { mailReminder } from './mail-over-days.ts'
import { groupOf } from './over-days.ts'

/** Looks every minute for sessions over days that open, go on, close or remind somebody. */
export function repeatOverDays(house: House): void {
  house.jobs.repeat('settle-over-days', '* * * * *', async () => {
    const rows = await house.db
      .select({ id: sessions.id })
      .from(sessions)
      .innerJoin(groups, eq(groups.id, sessions.groupId))
      .where(
        and(
          eq(sessions.overDays, true),
          or(
            eq(sessions.status, 'live'),
            and(eq(sessions.status, 'scheduled'), lte(sessions.startsAt, house.now())),
          ),
          isNull(groups.archivedAt),
          isNull(groups.suspendedAt),
        ),
      )
    await tryEach(rows, async ({ id }) => {
      await settleOverDays(house, id)
      await remind(house, id)
    })
  })
}

/**
 * A session over days opens, goes on and closes by itself: the job does it, or whatever command or reader comes first. All hold
 * the locks of the room and its session, so each step happens once.
 */
export async function settleOverDays(house: House, sessionId: string): Promise<void> {
  await changeRoom(house, sessionId, async (tx, tell) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update')
    if (!session?.overDays) return
    const change: Change = { house, tx, tell, session, now: house.now() }
    const group = await groupOf(change)
    if (group.archivedAt !== null || group.suspendedAt !== null) return
    if (session.status === 'scheduled' && session.startsAt <= change.now) await open(change)
    else if (session.status === 'live' && (await isOver(change))) await goOn(change)
  })
}

/** What a reader may find undone: the time has come for the next step. */
export const isStepDue = ({ overDays, status, startsAt, timerEndsAt }: SessionRow, now: Date): boolean =>
  overDays &&
  ((status === 'scheduled' && startsAt <= now) ||
    (status === 'live' && timerEndsAt !== null && timerEndsAt <= now))

async function open(change: Change): Promise<void> {
  const { tx, tell, session, now } = change
  const opened = { status: 'live', openedAt: now } as const
  await tx.update(sessions).set(opened).where(eq(sessions.id, session.id))
  await beginLead(change, session.facilitatorId)
  tell({ type: 'room-opened', at: now.toISOString() })
  await goOn({ ...change, session: { ...session, ...opened } })
}

/** Its time is up, it was revealed by hand, or everybody is done where that may be known. */
async function isOver(change: Change): Promise<boolean> {
  const { tx, session, now } = change
  if (session.timerEndsAt !== null && session.timerEndsAt <= now) return true
  const block = await currentBlock(change)
  if (!block) return true
  if (block.revealedAt !== null) return true
  return endsWhenAllAreDone(block) && (await findMissing(tx, session, block)).length === 0
}

async function goOn(change: Change): Promise<void> {
  const { tx, session } = change
  const next = neighbour(await readPlan(tx, session.id), session.currentBlockId, 1)
  if (next) await goToBlock(change, next, session.facilitatorId ?? '', randomUUID())
  else await endSession(change)
}

async function currentBlock({ tx, session }: Pick<Change, 'tx' | 'session'>): Promise<BlockRow | undefined> {
  if (session.currentBlockId === null) return undefined
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  return block
}

/** Once for each block, a day before it is due. */
async function remind(house: House, sessionId: string): Promise<void> {
  await house.db.transaction(async (tx) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update')
    if (session?.status !== 'live' || session.timerEndsAt === null) return
    const block = await currentBlock({ tx, session })
    if (!block?.startedAt || block.remindedAt !== null) return
    if (!isReminderDue(block.startedAt, session.timerEndsAt, house.now())) return
    await tx.update(blocks).set({ remindedAt: house.now() }).where(eq(blocks.id, block.id))
    await mailReminder({ house, tx, session }, await groupOf({ tx, session }), block)
  })
}
