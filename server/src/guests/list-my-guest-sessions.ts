import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { attendances, groups, rsvps, sessionGuests, sessions } from '#db/schema.ts'
import type { GuestSession } from '#shared/guests.ts'
import type { House } from '../house.ts'
import { addressToAnswer } from '../sessions/make-rsvp-links.ts'
import type { SignedIn } from '../sign-in/guards.ts'

const SESSIONS_LISTED = 100

/** Whoever came by e-mail once finds it all again when they sign in. */
export async function listMyGuestSessions(house: House, { account }: SignedIn): Promise<GuestSession[]> {
  const mine = eq(sessionGuests.accountId, account.id)
  const rows = await house.db
    .select({
      session: sessions,
      group: groups,
      answer: rsvps.answer,
      present: sql<boolean>`${attendances.accountId} is not null`,
    })
    .from(sessionGuests)
    .innerJoin(sessions, eq(sessions.id, sessionGuests.sessionId))
    .innerJoin(groups, eq(groups.id, sessionGuests.groupId))
    .leftJoin(
      rsvps,
      and(eq(rsvps.sessionId, sessionGuests.sessionId), eq(rsvps.accountId, sessionGuests.accountId)),
    )
    .leftJoin(
      attendances,
      and(
        eq(attendances.sessionId, sessionGuests.sessionId),
        eq(attendances.accountId, sessionGuests.accountId),
      ),
    )
    .where(and(mine, isNull(sessionGuests.removedAt)))
    .orderBy(desc(sessions.startsAt), desc(sessions.id))
    .limit(SESSIONS_LISTED)
  return house.db.transaction(async (tx) => {
    const shown: GuestSession[] = []
    for (const { session, group, answer, present } of rows) {
      const address = (await addressToAnswer(house, tx, session, [account])).get(account.id) ?? ''
      shown.push({
        token: address.slice(address.lastIndexOf('/') + 1),
        groupName: group.name,
        slug: group.slug,
        zone: group.zone,
        title: session.title,
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        status: session.status,
        mine: answer,
        present,
      })
    }
    return shown
  })
}
