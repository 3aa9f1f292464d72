import { pausedTimer } from '#shared/live/rules.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeLiveSession } from './change-session-room.ts'
import { runningBlocksTimer, setTimer } from './set-timer.ts'

export function pauseTimer(house: House, chair: Chair): Promise<Record<string, never>> {
  return changeLiveSession(house, chair, async (change) => {
    const timer = runningBlocksTimer(change)
    if (timer.endsAt !== null) await setTimer(change, pausedTimer(timer, change.now))
    return {}
  })
}
