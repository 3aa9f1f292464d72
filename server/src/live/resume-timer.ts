import { runningTimer } from '#shared/live/rules.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { runningBlocksTimer, setTimer } from './set-timer.ts'
import { wasHeard } from './was-heard.ts'

export function resumeTimer(
  house: House,
  chair: Chair,
  { id }: { id: string },
): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const { endsAt, left } = runningBlocksTimer(change)
    if (await wasHeard(change, id)) return {}
    if (endsAt === null) await setTimer(change, runningTimer(left ?? 0, change.now), id)
    return {}
  })
}
