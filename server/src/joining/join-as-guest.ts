import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, codeGuests, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { openSignIn, setSignInCookie } from '../sign-in/engine.ts'
import type { Visitor } from '../sign-in/guards.ts'
import { requireOpenCode } from './find-by-code.ts'

const MOST_GUESTS = 300

/**
 * Gives a seat for this one session. Whoever is not signed in gets a sign-in of an account that is nobody's mailbox, is in no
 * group, and ends when the session does.
 */
export async function joinAsGuest(
  house: House,
  visitor: Visitor,
  { code, name }: { code: string; name: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ sessionId: string }> {
  const { session: found, group, seat } = await requireOpenCode(house, visitor, code)
  const sessionId = found.id
  if (seat) return { sessionId }
  requireOpenGroup(group)
  const known = visitor.account?.id
  if (!known && name.trim() === '')
    throw new Refusal('invalid', 'Say a name, so that the others know who speaks.', 'name')

  const token = await house.db.transaction(async (tx) => {
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for('update')
    if (session?.status !== 'live')
      throw new Refusal('conflict', 'The room is not open yet. Whoever runs the session opens it shortly.')
    const here = and(eq(codeGuests.sessionId, sessionId), isNull(codeGuests.removedAt))
    if ((await tx.$count(codeGuests, here)) >= MOST_GUESTS)
      throw new Refusal('conflict', `This session has ${MOST_GUESTS} guests already, and takes no more.`)
    const accountId = known ?? (await makeSeat(house, tx, name.trim()))
    await tx
      .insert(codeGuests)
      .values({ groupId: group.id, sessionId, accountId, cameAt: house.now(), seatOnly: known === undefined })
      .onConflictDoNothing()
    return known ? undefined : openSignIn(house, tx, accountId, request.headers['user-agent'] ?? '')
  })
  if (token) setSignInCookie(house, reply, token)
  return { sessionId }
}

async function makeSeat(house: House, tx: Transaction, name: string): Promise<string> {
  const [seat] = await tx
    .insert(accounts)
    // RFC 2606 keeps this ending free, so no mail ever goes there.
    .values({ email: `guest-${randomUUID()}@seat.invalid`, name, createdAt: house.now() })
    .returning({ id: accounts.id })
  if (!seat) throw new Error('no seat')
  return seat.id
}
