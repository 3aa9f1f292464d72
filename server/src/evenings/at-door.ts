import type { Transaction } from '#db/connect.ts'
import { doorState, type Heard } from '#shared/evenings.ts'
import type { House } from '../house.ts'
import type { Tell } from '../rooms/rooms.ts'
import type { SessionRow } from '../sessions/guards.ts'

/** What a mark happens in: under the lock of the room and of the places. */
export type AtDoor = { house: House; tx: Transaction; tell: Tell; session: SessionRow; now: Date }

/** How a mark is made: when, and by whom. */
export type Marking = { here: boolean; at: Date; anyway: boolean; runs: boolean }

/** Why one mark was not taken; others that were told with it are. */
export class NotLetIn extends Error {
  readonly why: Heard['refused'][number]['why']
  constructor(why: Heard['refused'][number]['why'], message: string) {
    super(message)
    this.why = why
  }
}

export function requireDoorOpen(session: SessionRow, now: Date): void {
  switch (doorState(session, now)) {
    case 'cancelled':
      throw new NotLetIn('closed', 'This session was cancelled.')
    case 'early':
      throw new NotLetIn('closed', 'The door opens three hours before the start.')
    case 'over':
      throw new NotLetIn(
        'closed',
        'This session is long over. Whoever runs it can still correct on its page who was there.',
      )
    case 'open':
  }
}
