import { eq } from 'drizzle-orm'
import { blocks } from '#db/schema.ts'
import type { BlockChange } from '#shared/live-plan.ts'
import { timerWithMinutes } from '#shared/live/plan.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import type { Change } from './change-session-room.ts'
import { changePlan, findInPlan, requireAhead, setMinutes } from './change-plan.ts'
import { timerOf, type BlockRow } from './go-to-block.ts'
import { movePace } from './pace-turns.ts'
import { setTimer } from './set-timer.ts'

const WORDS = ['title', 'prompt', 'notes'] as const

/** Other words for a block that is to come, or other minutes, also for the one that is on now. */
export function changeBlock(
  house: House,
  chair: Chair,
  blockId: string,
  { id, minutes, ...words }: BlockChange,
): Promise<Record<string, never>> {
  return changePlan(house, chair, id, async (change, plan) => {
    const block = findInPlan(plan, blockId)
    const wanted = WORDS.filter((field) => words[field] && words[field].to !== block[field])
    const longer = minutes && minutes.to !== block.minutes ? minutes : undefined
    if (wanted.length === 0 && !longer) return false
    if (wanted.length > 0)
      requireAhead(block, change, {
        now: 'This block is on now, so its words stay as people read them. Its minutes can change.',
        done: 'This block was on already, so its words stay as people read them.',
      })
    for (const field of wanted) requireSeen(words[field]?.from === block[field], field)
    if (longer) await changeMinutes(change, block, longer)
    if (wanted.length > 0) {
      const values = Object.fromEntries(wanted.map((field) => [field, words[field]?.to]))
      await change.tx.update(blocks).set(values).where(eq(blocks.id, blockId))
    }
    return true
  })
}

function requireSeen(seen: boolean, field: string): void {
  if (!seen)
    throw new Refusal(
      'conflict',
      'Somebody else has changed this block meanwhile. Look at theirs, then save yours over it or leave it.',
      field,
    )
}

async function changeMinutes(
  change: Change,
  block: BlockRow,
  { from, to }: NonNullable<BlockChange['minutes']>,
): Promise<void> {
  const { session, now } = change
  requireSeen(from === block.minutes, 'minutes')
  if (block.id !== session.currentBlockId)
    requireAhead(block, change, {
      now: '',
      done: 'This block is over. More time is given to one that is to come.',
    })
  await setMinutes(change, block, to)
  if (block.id !== session.currentBlockId) return
  const timer = timerOf(session)
  const after = timerWithMinutes(timer, to - from, now)
  await setTimer(change, after)
  await movePace(change, timer, after)
}
