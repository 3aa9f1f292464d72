import { and, asc, eq, exists, isNull, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  attendances,
  blocks,
  episodes,
  memberships,
  posts,
  rsvps,
  sessions,
  threads,
} from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Block, BlockDraft, Invitee, Session } from '#shared/sessions.ts'
import { mayFacilitate, type Member } from '../groups/guards.ts'
import type { SessionRow } from './guards.ts'
import { toLocal } from './local-time.ts'

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
  const expected = people.filter((one) => one.member)
  return {
    ...toBasics(session, episodeTitle),
    coming: expected.filter(({ answer }) => answer === 'coming').length,
    notComing: expected.filter(({ answer }) => answer === 'not-coming').length,
    present: people.filter(({ present }) => present).length,
    mine: people.find(({ id }) => id === member.account.id)?.answer ?? null,
    groupId: session.groupId,
    purpose: session.purpose,
    templateId: session.templateId,
    programmeStep: session.programmeStep,
    preparation: session.preparation,
    facilitator: await readName(db, session.facilitatorId),
    timekeeper: await readName(db, session.timekeeperId),
    cancelReason: session.cancelReason,
    zone: member.group.zone,
    startsLocal: toLocal(session.startsAt, member.group.zone),
    runs,
    blocks: plan.map((block) => toBlock(block, runs)),
    planVersion: versionOf(plan),
    people,
    openQuestions: session.episodeId ? await countOpenQuestions(db, session.episodeId) : 0,
  }
}

/** What lists and pages both show. */
export const toBasics = (session: SessionRow, episodeTitle: string | null) => ({
  id: session.id,
  title: session.title,
  status: session.status,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  room: session.room,
  onlineLink: session.onlineLink,
  open: session.openedAt !== null,
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
  return { id, kind, title, minutes, prompt, options, ...(runs ? { notes } : {}) }
}

/** Active members by name, and whoever was there and has left the group since. */
async function readPeople(db: Reader, session: SessionRow): Promise<Invitee[]> {
  const rows = await db
    .select({
      id: accounts.id,
      name: accounts.name,
      answer: rsvps.answer,
      present: sql<boolean>`${attendances.accountId} is not null`,
      member: sql<boolean>`${memberships.status} = 'active'`,
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
    .orderBy(asc(accounts.name), asc(accounts.id))
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

async function countOpenQuestions(db: Reader, episodeId: string): Promise<number> {
  const words = db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.threadId, threads.id), isNull(posts.withdrawnAt)))
  return db.$count(
    threads,
    and(eq(threads.episodeId, episodeId), eq(threads.question, 'open'), exists(words)),
  )
}
