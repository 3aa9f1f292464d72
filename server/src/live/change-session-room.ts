import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { settleDeadline } from '../ballots/settle-deadline.ts'
import { findRoomSeats } from '../experts/room-seats.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Chair, Seat, SessionRow } from '../sessions/guards.ts'
import { requireUnlocked } from './require-unlocked.ts'
import { settleOverDays } from './settle-over-days.ts'
import type { StoredLiveEvent } from './stored-events.ts'

/** What a verb works with: the session as it stands now, under its lock, not as the guard saw it. */
export type Change = {
  readonly house: House
  readonly tx: Transaction
  readonly tell: (event: StoredLiveEvent) => void
  readonly session: SessionRow
  readonly now: Date
}

/** A change of a session in whatever state; the verb looks at it itself. Who runs it does so only while the table is not locked. */
export function changeSessionRoom<Result>(
  house: House,
  seat: Seat,
  change: (change: Change) => Promise<Result>,
  { evenLocked = false }: { evenLocked?: boolean } = {},
): Promise<Result> {
  const { id } = seat.session
  return changeRoom(house, id, async (tx, tell) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, id)).for('update')
    if (!session) throw new Refusal('not-found')
    if (seat.guest) await requireStillSeated(tx, seat)
    const now = house.now()
    if (runs(seat) && !evenLocked) await requireUnlocked(tx, seat, now)
    return change({ house, tx, tell, session, now })
  })
}

/** A change that only an open room knows; everybody else hears how it stands. */
export function changeLiveSession<Result>(
  house: House,
  seat: Seat,
  change: (change: Change) => Promise<Result>,
  how: { evenLocked?: boolean } = {},
): Promise<Result> {
  const settled = (given: Change) => {
    requireLive(given.session)
    return settleDeadline(given).then(() => change(given))
  }
  return seat.session.overDays
    ? changeOverDays(house, seat, () => changeSessionRoom(house, seat, settled, how))
    : changeSessionRoom(house, seat, settled, how)
}

/** What is due happens first; and a change may be what everybody was waited for. */
async function changeOverDays<Result>(
  house: House,
  { session }: Seat,
  change: () => Promise<Result>,
): Promise<Result> {
  await settleOverDays(house, session.id)
  const result = await change()
  await settleOverDays(house, session.id)
  return result
}

/** Whoever was sent out while they waited for the lock does not come back with what they had asked. */
async function requireStillSeated(tx: Transaction, { member, session }: Seat): Promise<void> {
  const seats = await findRoomSeats(tx, [member.account.id], [session.id])
  if (seats.length === 0) throw new Refusal('not-found')
}

const runs = (seat: Seat): seat is Chair => 'runs' in seat

function requireLive({ status }: SessionRow): void {
  switch (status) {
    case 'live':
      return
    case 'scheduled':
      throw new Refusal('conflict', 'The room is not open yet. Whoever runs the session opens it.')
    case 'wrapped-up':
      throw new Refusal('conflict', 'This session is over. What stays of it is on its wrap-up page.')
    case 'cancelled':
      throw new Refusal('conflict', 'This session was cancelled.')
  }
}
