import type { FastifyReply, FastifyRequest } from 'fastify'
import { and, count, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, experts, memberships, sessions } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { expertCalls, ExpertInvite } from '#shared/experts.ts'
import { Refusal } from '#shared/refusals.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { hasBegun } from '../sessions/places.ts'
import { linkTo } from '../sessions/schedule-session.ts'
import { openSignIn, setSignInCookie } from '../sign-in/engine.ts'
import type { ExpertRow, InvitedExpert } from './guards.ts'
import { readQueue } from './question-queue.ts'

/** What the link opens: no more than whoever invited wants told, and what people want to ask. */
export async function readExpertInvite(
  house: House,
  { expert: given, session, group }: InvitedExpert,
): Promise<ExpertInvite> {
  const [expert = given] = await house.db.select().from(experts).where(eq(experts.id, given.id))
  const comes = expert.answer === 'accepted'
  return {
    name: expert.name,
    invitedBy: await nameOf(house, expert.invitedBy),
    groupName: group.name,
    purpose: group.purpose,
    title: session.title,
    startsAt: session.startsAt.toISOString(),
    endsAt: session.endsAt.toISOString(),
    zone: group.zone,
    place: comes
      ? [session.venue ?? group.venue, session.address ?? group.address, session.room]
          .filter(Boolean)
          .join(', ') || null
      : null,
    onlineLink: comes ? session.onlineLink : null,
    expects: expert.expects,
    answer: expert.answer,
    reply: expert.reply,
    shown: expert.shown,
    status: session.status,
    open: comes && session.status === 'live',
    people: await countMembers(house, group.id),
    questions: (await readQueue(house.db, session.id, null)).map((one) => ({ ...one, name: null })),
    thanks: expert.thankedAt
      ? { words: expert.thanks, by: (await nameOf(house, expert.thankedBy)) ?? group.name }
      : null,
  }
}

async function nameOf(house: House, accountId: string | null): Promise<string | null> {
  if (accountId === null) return null
  const [account] = await house.db
    .select({ name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  return account?.name ?? null
}

async function countMembers(house: House, groupId: string): Promise<number> {
  const [found] = await house.db
    .select({ people: count() })
    .from(memberships)
    .where(and(eq(memberships.groupId, groupId), eq(memberships.status, 'active')))
  return found?.people ?? 0
}

/** Says yes or no. The last word counts, until the session begins; whoever invited hears of each. */
export async function answerExpertInvite(
  house: House,
  invited: InvitedExpert,
  { answer, reply, shown }: Input<typeof expertCalls.answerExpertInvite>['body'],
): Promise<ExpertInvite> {
  const { expert, session, group } = invited
  requireOpenGroup(group)
  if (session.status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled, so nobody needs to answer any more.')
  await house.db.transaction(async (tx) => {
    const [before] = await tx.select().from(experts).where(eq(experts.id, expert.id)).for('update')
    if (!before || before.revokedAt) throw new Refusal('not-found')
    const changed = before.answer !== answer || before.reply !== reply.trim()
    if (changed && hasBegun(session, house.now()))
      throw new Refusal('conflict', 'This session has begun. Tell whoever invited you.')
    await tx
      .update(experts)
      .set({ answer, reply: reply.trim(), shown: answer === 'accepted' && shown, answeredAt: house.now() })
      .where(eq(experts.id, expert.id))
    if (!changed || before.invitedBy === null) return
    const [host] = await tx.select().from(accounts).where(eq(accounts.id, before.invitedBy))
    if (host)
      await sendMail(house, tx, {
        to: host.email,
        subject: `${before.name} ${answer === 'accepted' ? 'comes' : 'can’t come'}: ${session.title}`,
        paragraphs: [
          `Hello ${host.name},`,
          `${before.name} ${answer === 'accepted' ? 'said yes' : 'said no'} to your invite.`,
          ...(reply.trim() ? [reply.trim()] : []),
        ],
        action: { label: 'See the session', url: linkTo(house, group.slug, session.id) },
      })
  })
  return readExpertInvite(house, invited)
}

/**
 * Gives the seat in the live room: a sign-in of an account that is nobody's mailbox, is in no group, and ends when the
 * session does.
 */
export async function enterAsExpert(
  house: House,
  { expert, session, group }: InvitedExpert,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ sessionId: string }> {
  requireOpenGroup(group)
  const token = await house.db.transaction(async (tx) => {
    const [now] = await tx.select().from(experts).where(eq(experts.id, expert.id)).for('update')
    const [meeting] = await tx.select().from(sessions).where(eq(sessions.id, session.id))
    if (!now || now.revokedAt || now.answer !== 'accepted')
      throw new Refusal('conflict', 'Say yes to the invite first; then the room opens to you.')
    if (meeting?.status !== 'live')
      throw new Refusal(
        'conflict',
        'The room is not open. Whoever runs the session opens it shortly before it begins.',
      )
    const seatId = now.seatId ?? (await makeSeat(house, tx, now))
    return openSignIn(house, tx, seatId, request.headers['user-agent'] ?? '')
  })
  setSignInCookie(house, reply, token)
  return { sessionId: session.id }
}

async function makeSeat(house: House, tx: Transaction, { id, name }: ExpertRow): Promise<string> {
  const [seat] = await tx
    .insert(accounts)
    // RFC 2606 keeps this ending free, so no mail ever goes there.
    .values({ email: `expert-${id}@seat.invalid`, name, createdAt: house.now() })
    .returning({ id: accounts.id })
  if (!seat) throw new Error('no seat')
  await tx
    .update(experts)
    .set({ seatId: seat.id })
    .where(and(eq(experts.id, id), isNull(experts.seatId)))
  return seat.id
}
