import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { attendances, codeGuests, memberships, sessionGuests } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Session } from '#shared/sessions.ts'
import { isCorrectable } from '#shared/wrap-ups.ts'
import type { House } from '../house.ts'
import { settleGoRound } from '../go-rounds/settle-go-round.ts'
import { settleCurrent } from '../pods/settle-pods.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { lockSession } from './change-session.ts'
import { countTurns } from './count-turns.ts'
import type { Chair, SessionRow } from './guards.ts'
import { readSession } from './read-session.ts'

/** Corrects who was there: from the start of the session until a day after its close. An open room hears it. */
export async function setAttendance(
  house: House,
  { member, session }: Chair,
  accountId: string,
  present: boolean,
): Promise<Session> {
  await changeRoom(house, session.id, async (tx, tell) => {
    const current = await lockSession(tx, session.id)
    const now = house.now()
    requireBegun(current, now)
    await requireKnown(tx, current, accountId)
    if (present) {
      if (!(await countIn(tx, current, accountId, now))) return
      const spoken = await countTurns(tx, current.id, accountId)
      tell({ type: 'entered', accountId, at: now.toISOString(), spoken, screen: false })
    } else if (await countOut(tx, current, accountId)) tell({ type: 'counted-out', accountId })
    else return
    await settleCurrent({ tx, tell, session: current, now }, present ? accountId : undefined)
    await settleGoRound({ tx, tell, session: current, now })
  })
  return readSession(house.db, member, session.id)
}

function requireBegun({ status, openedAt, startsAt, wrappedUpAt }: SessionRow, now: Date): void {
  if (wrappedUpAt && !isCorrectable(wrappedUpAt, now))
    throw new Refusal('conflict', 'Who was there is corrected within a day of the close. It is fixed now.')
  if (status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled, so nobody was there.')
  if (status === 'scheduled' && !openedAt && now < startsAt)
    throw new Refusal('conflict', 'This session has not begun, so nobody can have been there yet.')
}

/** Whoever is, or once was, in the group, or is a guest of this session: with a place, or by its code. */
async function requireKnown(tx: Transaction, { id, groupId }: SessionRow, accountId: string): Promise<void> {
  const isMember = and(eq(memberships.groupId, groupId), eq(memberships.accountId, accountId))
  const isGuest = and(eq(sessionGuests.sessionId, id), eq(sessionGuests.accountId, accountId))
  const cameByCode = and(
    ...[eq(codeGuests.sessionId, id), eq(codeGuests.accountId, accountId), isNull(codeGuests.removedAt)],
  )
  if ((await tx.$count(memberships, isMember)) > 0) return
  if ((await tx.$count(sessionGuests, isGuest)) > 0) return
  if ((await tx.$count(codeGuests, cameByCode)) === 0) throw new Refusal('not-found')
}

/** Whether that changed anything; whoever the room noticed stays noticed. */
async function countIn(
  tx: Transaction,
  { id: sessionId, groupId }: SessionRow,
  accountId: string,
  arrivedAt: Date,
): Promise<boolean> {
  const added = await tx
    .insert(attendances)
    .values({ groupId, sessionId, accountId, noticed: 'facilitator', arrivedAt })
    .onConflictDoNothing()
    .returning({ accountId: attendances.accountId })
  return added.length > 0
}

async function countOut(tx: Transaction, { id }: SessionRow, accountId: string): Promise<boolean> {
  const gone = await tx
    .delete(attendances)
    .where(and(eq(attendances.sessionId, id), eq(attendances.accountId, accountId)))
    .returning({ accountId: attendances.accountId })
  return gone.length > 0
}
