import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { Chair } from '../sessions/guards.ts'
import { changeSessionRoom } from './change-session-room.ts'
import { endSession } from './end-session.ts'

export function closeSession(house: House, chair: Chair): Promise<Record<string, never>> {
  return changeSessionRoom(house, chair, async (change) => {
    switch (change.session.status) {
      case 'wrapped-up':
        return {}
      case 'cancelled':
        throw new Refusal('conflict', 'This session was cancelled.')
      case 'scheduled':
        throw new Refusal(
          'conflict',
          'This session has not been opened. If it does not take place, cancel it on its page.',
        )
      case 'live':
        await endSession(change)
        return {}
    }
  })
}
