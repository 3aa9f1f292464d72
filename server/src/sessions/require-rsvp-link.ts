import { and, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, groups, memberships, rsvpLinks, sessionGuests, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SessionRow } from './guards.ts'

declare const proven: unique symbol

/** One person's right to answer for one session. Only `requireRsvpLink` makes one. */
export type RsvpRight = {
  readonly accountId: string
  readonly group: GroupRow
  readonly session: SessionRow
  /** They are not in the group and come to this session only. */
  readonly guest: boolean
  readonly [proven]: 'rsvp link'
}

/** Whoever left or was removed, from the group or as a guest, has a link that opens as little as one that somebody made up. */
export async function requireRsvpLink(house: House, request: FastifyRequest): Promise<RsvpRight> {
  const { token } = request.params as { token: string }
  const found = await findRsvpRight(house, house.links.read('rsvp', token))
  if (!found)
    throw new Refusal(
      'not-found',
      'This link opens nothing. Take the whole link from the mail, or sign in and answer on the page of the session.',
    )
  return found
}

/** Whose it is and for what, while they are in the group or a guest of the session, and not suspended. */
export async function findRsvpRight(house: House, id: string | undefined): Promise<RsvpRight | undefined> {
  const [found] = id
    ? await house.db
        .select({
          accountId: rsvpLinks.accountId,
          group: groups,
          session: sessions,
          member: memberships.id,
        })
        .from(rsvpLinks)
        .innerJoin(sessions, eq(sessions.id, rsvpLinks.sessionId))
        .innerJoin(groups, eq(groups.id, rsvpLinks.groupId))
        .innerJoin(accounts, and(eq(accounts.id, rsvpLinks.accountId), isNull(accounts.suspendedAt)))
        .leftJoin(
          memberships,
          and(
            eq(memberships.groupId, rsvpLinks.groupId),
            eq(memberships.accountId, rsvpLinks.accountId),
            eq(memberships.status, 'active'),
          ),
        )
        .leftJoin(
          sessionGuests,
          and(
            eq(sessionGuests.sessionId, rsvpLinks.sessionId),
            eq(sessionGuests.accountId, rsvpLinks.accountId),
            isNull(sessionGuests.removedAt),
          ),
        )
        .where(and(eq(rsvpLinks.id, id), or(isNotNull(memberships.id), isNotNull(sessionGuests.accountId))))
    : []
  if (!found) return undefined
  const { member, ...right } = found
  return { ...right, guest: member === null } as RsvpRight
}
