import { hasDemonstrations, timerOfTurn } from '#shared/live/go-round.ts'
import { Refusal } from '#shared/refusals.ts'
import { readDemonstration } from '../go-rounds/read-go-rounds.ts'
import { saveDemonstration } from '../go-rounds/save-spoken.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { findOwnBlock } from './find-go-round.ts'

/** One or two practise before everybody, once more. When the caller saw another number, nothing changes. */
export function nextDemonstration(
  house: House,
  chair: Chair,
  blockId: string,
  { from }: { from: number },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const block = await findOwnBlock(change, blockId)
    if (!hasDemonstrations(block))
      throw new Refusal('conflict', 'Nothing is practised before everybody in this block.')
    const { tx, session, now } = change
    const number = (await readDemonstration(tx, blockId))?.number ?? 0
    if (session.currentBlockId !== blockId || number !== from) return {}
    const timer = timerOfTurn(block.options, session.timerEndsAt === null, now)
    await saveDemonstration({ ...change, block }, { number: number + 1, timer })
    return {}
  })
}
