import { and, eq, exists, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import { placeInWords, placeOf, type Place } from '#shared/where.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import type { GroupRow, Organizer } from './guards.ts'
import { newPlaceLetter } from './letters.ts'

const usually = (group: GroupRow): Place =>
  placeOf(group, { room: null, venue: null, address: null, accessNotes: '' })

/**
 * A group that meets elsewhere takes its sessions along, but for those with a place of their own: calendars hear of it, and
 * everybody who would go to the wrong door gets a mail.
 */
export async function tellPlace(
  house: House,
  tx: Transaction,
  { account }: Organizer,
  before: GroupRow,
  after: GroupRow,
): Promise<void> {
  const [old, now] = [usually(before), usually(after)]
  const moved = placeInWords(old) !== placeInWords(now)
  if (!moved && old.accessNotes === now.accessNotes) return
  const along = await tx
    .update(sessions)
    .set({ sequence: sql`${sessions.sequence} + 1`, changedAt: house.now() })
    .where(
      and(
        eq(sessions.groupId, after.id),
        eq(sessions.status, 'scheduled'),
        gt(sessions.startsAt, house.now()),
        isNull(sessions.venue),
        isNull(sessions.address),
      ),
    )
    .returning({ id: sessions.id })
  if (!moved || along.length === 0) return
  const ids = along.map(({ id }) => id)
  for (const { name, email } of await readGoing(tx, after, ids, account.id))
    await sendMail(house, tx, newPlaceLetter(house, after, { name, email }, placeInWords(now)))
}

/** Members, and guests who may come to one of the sessions; but for the one whose doing it is. */
function readGoing(tx: Transaction, group: GroupRow, sessionIds: string[], doer: string) {
  const isMember = tx
    .select({ one: sql`1` })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.accountId, accounts.id),
        eq(memberships.status, 'active'),
      ),
    )
  const isGuest = tx
    .select({ one: sql`1` })
    .from(sessionGuests)
    .innerJoin(
      rsvps,
      and(eq(rsvps.sessionId, sessionGuests.sessionId), eq(rsvps.accountId, sessionGuests.accountId)),
    )
    .where(
      and(
        inArray(sessionGuests.sessionId, sessionIds),
        eq(sessionGuests.accountId, accounts.id),
        isNull(sessionGuests.removedAt),
        ne(rsvps.answer, 'not-coming'),
      ),
    )
  return tx
    .select({ name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(ne(accounts.id, doer), eq(accounts.sample, false), or(exists(isMember), exists(isGuest))))
}
