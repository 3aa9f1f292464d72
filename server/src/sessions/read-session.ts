import { and, asc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  attendances,
  blocks,
  episodes,
  memberships,
  rsvps,
  sessionGuests,
  sessions,
} from '#db/schema.ts'
import { openOptions } from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import { welcomesGuests } from '#shared/guests.ts'
import type { Block, BlockDraft, Invitee, RsvpState, Session } from '#shared/sessions.ts'
import { placeInWords } from '#shared/where.ts'
import { mayFacilitate, type GroupRow, type Member } from '../groups/guards.ts'
import type { SessionRow } from './guards.ts'
import { countOpenQuestions } from './open-questions.ts'
import { toLocal } from './local-time.ts'
import { placeOfMeeting } from './where.ts'

export type BlockRow = typeof blocks.$inferSelect

/** A session as one member of its group sees it. */
export async function readSession(db: Reader, member: Member, sessionId: string): Promise<Session> {
  const [found] = await db
    .select({ session: sessions, episodeTitle: episodes.title })
    .from(sessions)
    .leftJoin(episodes, eq(episodes.id, sessions.episodeId))
    .where(and(eq(sessions.id, sessionId), eq(sessions.groupId, member.group.id)))
  if (!found) throw new Refusal('not-found')
  const { session, episodeTitle } = found
  const runs = mayFacilitate(member)
  const plan = await readPlan(db, sessionId)
  const people = await readPeople(db, session)
  const expected = people.filter((one) => one.member || one.guest)
  const said = (answer: RsvpState) => expected.filter((one) => one.answer === answer).length
  const mine = await readMine(db, session.id, member.account.id)
  return {
    ...toBasics(member.group, session, episodeTitle),
    coming: said('coming'),
    notComing: said('not-coming'),
    waiting: said('waiting'),
    offered: said('offered'),
    present: people.filter(({ present }) => present).length,
    ...mine,
    groupId: session.groupId,
    purpose: session.purpose,
    venue: session.venue,
    address: session.address,
    accessNotes: session.accessNotes,
    where: placeOfMeeting(member.group, session),
    usual: member.group,
    templateId: session.templateId,
    groupTemplateId: session.groupTemplateId,
    templateVersion: session.templateVersion,
    programmeStep: session.programmeStep,
    preparation: session.preparation,
    facilitator: await readName(db, session.facilitatorId),
    timekeeper: await readName(db, session.timekeeperId),
    welcomer: await readName(db, session.welcomeId),
    noteTaker: await readName(db, session.notesId),
    cancelReason: session.cancelReason,
    zone: member.group.zone,
    startsLocal: toLocal(session.startsAt, member.group.zone),
    runs,
    blocks: plan.map((block) => toBlock(block, runs)),
    planVersion: versionOf(plan),
    people,
    guestsWelcome: session.guestsWelcome,
    welcomesGuests: welcomesGuests(member.group, session),
    openQuestions: await countOpenQuestions(db, session),
  }
}

/** What lists and pages both show. */
export const toBasics = (group: GroupRow, session: SessionRow, episodeTitle: string | null) => ({
  id: session.id,
  title: session.title,
  status: session.status,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  room: session.room,
  place: placeInWords(placeOfMeeting(group, session)),
  onlineLink: session.onlineLink,
  ...(session.overDays ? { overDays: { until: session.timerEndsAt?.toISOString() ?? null } } : {}),
  open: session.openedAt !== null,
  capacity: session.capacity,
  seriesId: session.seriesId,
  episode: session.episodeId ? { id: session.episodeId, title: episodeTitle ?? '' } : null,
})

export const readPlan = (db: Reader, sessionId: string): Promise<BlockRow[]> =>
  db.select().from(blocks).where(eq(blocks.sessionId, sessionId)).orderBy(asc(blocks.position))

/** Names a state of the plan, so that nobody saves over what they have not seen. */
export function versionOf(plan: readonly BlockDraft[]): string {
  const words = plan.map(({ id, kind, title, minutes, prompt, notes, options }) =>
    JSON.stringify([id, kind, title, minutes, prompt, notes, inOrder(options)]),
  )
  return createHash('sha256').update(words.join('\n')).digest('base64url').slice(0, 22)
}

/** The database keeps the keys of a JSON object in an order of its own. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, part]) => [key, inOrder(part)])
}

function toBlock(row: BlockRow, runs: boolean): Block {
  const { id, kind, title, minutes, prompt, notes, options } = row
  const open = { id, kind, title, minutes, prompt }
  return runs ? { ...open, notes, options } : { ...open, options: openOptions(options) }
}

/** What I said, until when a place is kept for me, and how many wait before me. */
export async function readMine(
  db: Reader,
  sessionId: string,
  accountId: string,
): Promise<Pick<Session, 'mine' | 'offerEndsAt' | 'ahead'>> {
  const [mine] = await db
    .select()
    .from(rsvps)
    .where(and(eq(rsvps.sessionId, sessionId), eq(rsvps.accountId, accountId)))
  const before =
    mine?.answer === 'waiting'
      ? await db.$count(
          rsvps,
          and(eq(rsvps.sessionId, sessionId), eq(rsvps.answer, 'waiting'), lt(rsvps.turn, mine.turn)),
        )
      : null
  return {
    mine: mine?.answer ?? null,
    offerEndsAt: mine?.offerEndsAt?.toISOString() ?? null,
    ahead: before,
  }
}

/** By name: who is in the group, guests, and whoever was there and has left since. */
export async function readPeople(db: Reader, session: SessionRow): Promise<Invitee[]> {
  const members = await readMembers(db, session)
  const known = new Set(members.filter(({ member }) => member).map(({ id }) => id))
  const guests = (await readGuests(db, session)).filter(({ id }) => !known.has(id))
  const ids = new Set(guests.map(({ id }) => id))
  return [...members.filter(({ id }) => !ids.has(id)), ...guests].sort(
    (one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1),
  )
}

/** Whoever let an offer go by, or was taken off the list, is not expected any more. */
function readGuests(db: Reader, session: SessionRow): Promise<Invitee[]> {
  return db
    .select({
      id: accounts.id,
      name: accounts.name,
      answer: rsvps.answer,
      present: sql<boolean>`${attendances.accountId} is not null`,
      member: sql<boolean>`false`,
      guest: sql<boolean>`true`,
    })
    .from(sessionGuests)
    .innerJoin(accounts, eq(accounts.id, sessionGuests.accountId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, session.id), eq(rsvps.accountId, sessionGuests.accountId)))
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, session.id), eq(attendances.accountId, sessionGuests.accountId)),
    )
    .where(
      and(
        eq(sessionGuests.sessionId, session.id),
        or(
          isNotNull(attendances.accountId),
          and(isNull(sessionGuests.removedAt), isNotNull(rsvps.accountId)),
        ),
      ),
    )
}

/** Active members, and whoever was there and has left the group since. */
async function readMembers(db: Reader, session: SessionRow): Promise<Invitee[]> {
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      answer: rsvps.answer,
      present: sql<boolean>`${attendances.accountId} is not null`,
      member: sql<boolean>`${memberships.status} = 'active'`,
      guest: sql<boolean>`false`,
    })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .leftJoin(rsvps, and(eq(rsvps.sessionId, session.id), eq(rsvps.accountId, memberships.accountId)))
    .leftJoin(
      attendances,
      and(eq(attendances.sessionId, session.id), eq(attendances.accountId, memberships.accountId)),
    )
    .where(
      and(
        eq(memberships.groupId, session.groupId),
        sql`(${memberships.status} = 'active' or ${attendances.accountId} is not null)`,
      ),
    )
  return rows
}

async function readName(db: Reader, id: string | null): Promise<{ id: string; name: string } | null> {
  if (!id) return null
  const [found] = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(eq(accounts.id, id))
  return found ?? null
}
