import { isDeepStrictEqual } from 'node:util'
import { and, eq, gt } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, memberships, rsvps, sessions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { sessionMinutes } from '#shared/session-plan.ts'
import type { Session, SessionChange } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'
import type { Chair, SessionRow } from './guards.ts'
import { endOfPlan, sayDay, sayWhen } from './local-time.ts'
import { tellGuestsMoved } from './mail-guests.ts'
import { mailMembers } from './mail-members.ts'
import { looksOtherwise, nextSequence } from './next-sequence.ts'
import { givePlaces } from './pass-places-on.ts'
import { countTaken } from './places.ts'
import { readPlan, readSession } from './read-session.ts'
import { linkTo, startOf } from './schedule-session.ts'
import { tellDuties } from './tell-duties.ts'
import { sayWhere, sayWhereAndHow, toLink, toPlace } from './where.ts'

const MINUTE = 60_000

/** Changes a session. When it moves, in time or place, everybody who is in the group hears of it. */
export async function changeSession(house: House, chair: Chair, change: SessionChange): Promise<Session> {
  const { member } = chair
  await changeRoom(house, chair.session.id, async (tx, tell) => {
    const before = await lockSession(tx, chair.session.id)
    requireUnfinished(before)
    const times = before.overDays
      ? await timesOverDays(house, tx, before, change, member.group.zone)
      : timesAfter(house, before, change, member.group.zone)
    await requirePeople(tx, member.group.id, change)
    await requireRoomForAll(tx, before, change)
    const [after] = await tx
      .update(sessions)
      .set({
        ...times,
        title: change.title?.trim() ?? before.title,
        preparation: change.preparation?.trim() ?? before.preparation,
        room: change.room === undefined ? before.room : toPlace(change.room),
        venue: change.venue === undefined ? before.venue : toPlace(change.venue),
        address: change.address === undefined ? before.address : toPlace(change.address),
        accessNotes: change.accessNotes?.trim() ?? before.accessNotes,
        onlineLink: change.onlineLink === undefined ? before.onlineLink : toLink(change.onlineLink),
        capacity: change.capacity === undefined ? before.capacity : change.capacity,
        guestsWelcome: change.guestsWelcome === undefined ? before.guestsWelcome : change.guestsWelcome,
        facilitatorId: change.facilitatorId === undefined ? before.facilitatorId : change.facilitatorId,
        timekeeperId: change.timekeeperId === undefined ? before.timekeeperId : change.timekeeperId,
        welcomeId: change.welcomeId === undefined ? before.welcomeId : change.welcomeId,
        notesId: change.notesId === undefined ? before.notesId : change.notesId,
      })
      .where(eq(sessions.id, before.id))
      .returning()
    // Sent twice, it is heard once.
    if (!after || isDeepStrictEqual(before, after)) return
    if (looksOtherwise(before, after))
      await tx
        .update(sessions)
        .set({
          ...nextSequence(house, before),
          ...(hasMoved(before, after) ? { announcedAt: house.now() } : {}),
        })
        .where(eq(sessions.id, before.id))
    tell({ type: 'plan-changed' })
    await endOffersByStart(tx, after)
    if (isMore(before.capacity, after.capacity)) await givePlaces(house, tx, after)
    if (hasMoved(before, after)) {
      await tellMoved(house, tx, chair, before, after)
      await tellGuestsMoved(house, tx, member.group, before, after)
    }
    await tellDuties(house, tx, member, before, after)
  })
  return readSession(house.db, member, chair.session.id)
}

export async function lockSession(tx: Transaction, id: string): Promise<SessionRow> {
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, id)).for('update')
  if (!session) throw new Refusal('not-found')
  return session
}

function requireUnfinished({ status }: SessionRow): void {
  if (status === 'cancelled')
    throw new Refusal('conflict', 'This session was cancelled. Schedule a new one instead.')
  if (status === 'wrapped-up') throw new Refusal('conflict', 'This session is over, so it stays as it was.')
}

function timesAfter(house: House, before: SessionRow, change: SessionChange, zone: string) {
  const { startsAt: instant, startsLocal, minutes = sessionMinutes(before) } = change
  const untouched = instant === undefined && startsLocal === undefined && change.minutes === undefined
  if (untouched) return {}
  const start = instant === undefined && startsLocal === undefined ? before.startsAt : startOf(change, zone)
  if (start.getTime() !== before.startsAt.getTime()) {
    if (before.status !== 'scheduled')
      throw new Refusal('conflict', 'This session has begun, so its start stays as it is.', 'startsLocal')
    if (start <= house.now())
      throw new Refusal(
        'invalid',
        'That time has passed already. Choose one that is still to come.',
        startsLocal === undefined ? 'startsAt' : 'startsLocal',
      )
  }
  return { startsAt: start, endsAt: new Date(start.getTime() + minutes * MINUTE) }
}

/** Over days it takes as long as its blocks, whenever it starts. */
async function timesOverDays(
  house: House,
  tx: Transaction,
  before: SessionRow,
  { minutes, ...change }: SessionChange,
  zone: string,
) {
  if (minutes !== undefined)
    throw new Refusal(
      'invalid',
      'Over days, how long a session takes follows from its plan. Change how long each part is open there.',
      'minutes',
    )
  const times = timesAfter(house, before, change, zone)
  if (!times.startsAt) return {}
  return before.status === 'scheduled'
    ? { startsAt: times.startsAt, endsAt: endOfPlan(times.startsAt, await readPlan(tx, before.id), zone) }
    : {}
}

/** Nobody loses a place, or one that is kept for them, by fewer. */
async function requireRoomForAll(
  tx: Transaction,
  { id }: SessionRow,
  { capacity }: SessionChange,
): Promise<void> {
  if (capacity == null) return
  const { coming, offered } = await countTaken(tx, id)
  if (capacity >= coming + offered) return
  const kept =
    offered > 0 ? `, and ${offered} more ${offered === 1 ? 'is' : 'are'} kept for who was offered one` : ''
  throw new Refusal(
    'invalid',
    `${coming} ${coming === 1 ? 'person has' : 'people have'} a place already${kept}. Choose at least ${coming + offered}.`,
    'capacity',
  )
}

const isMore = (before: number | null, after: number | null) =>
  before !== null && (after === null || after > before)

/** A session that was brought forward takes the deadlines of its offers along. */
async function endOffersByStart(tx: Transaction, { id, startsAt }: SessionRow): Promise<void> {
  await tx
    .update(rsvps)
    .set({ offerEndsAt: startsAt })
    .where(and(eq(rsvps.sessionId, id), gt(rsvps.offerEndsAt, startsAt)))
}

/** Whoever has a duty is in the group; whoever facilitates may run sessions. */
async function requirePeople(tx: Transaction, groupId: string, change: SessionChange): Promise<void> {
  for (const field of ['facilitatorId', 'timekeeperId', 'welcomeId', 'notesId'] as const) {
    const accountId = change[field]
    if (!accountId) continue
    const [found] = await tx
      .select({ name: accounts.name, role: memberships.role })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .where(
        and(
          eq(memberships.groupId, groupId),
          eq(memberships.accountId, accountId),
          eq(memberships.status, 'active'),
        ),
      )
    if (!found) throw new Refusal('invalid', 'Choose somebody who is in the group.', field)
    if (field === 'facilitatorId' && found.role === 'member')
      throw new Refusal(
        'invalid',
        `${found.name} needs the role of a facilitator first. An organizer gives it on the members’ page.`,
        field,
      )
  }
}

const hasMoved = (before: SessionRow, after: SessionRow) =>
  before.startsAt.getTime() !== after.startsAt.getTime() ||
  before.endsAt.getTime() !== after.endsAt.getTime() ||
  before.room !== after.room ||
  before.venue !== after.venue ||
  before.address !== after.address ||
  before.onlineLink !== after.onlineLink

function tellMoved(
  house: House,
  tx: Transaction,
  { member: { account, group } }: Chair,
  before: SessionRow,
  after: SessionRow,
): Promise<void> {
  const letter = {
    subject: `Moved: ${after.title}, now ${sayDay(after.startsAt, group.zone)}`,
    paragraphs: [
      `${account.name} has moved a session of ${group.name}.`,
      `Now: ${after.title}\n${sayWhen(after, group.zone)}\n${sayWhereAndHow(group, after)}`,
      `Before: ${sayWhen(before, group.zone)}, ${sayWhere(group, before)}`,
      'What you said about coming still stands. If it is different now, say so.',
    ],
    action: { label: 'See the session', url: linkTo(house, group.slug, after.id) },
  }
  return mailMembers(house, tx, group, account.id, letter, after)
}
