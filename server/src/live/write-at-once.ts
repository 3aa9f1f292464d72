import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '#db/prepared.ts'
import { answers, attendances, blocks, roomEvents, rooms, sessions } from '#db/schema.ts'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { together } from '../together.ts'
import type { StoredLiveEvent } from './stored-events.ts'

type Writing = {
  house: House
  session: Seat['session']
  accountId: string
  draft: AnswerDraft
  before: { id: string; revision: number; done: Date | null } | null
}

/**
 * Words with a name on them, by a member who is in the room. What is written at the same time is kept together by one
 * statement: a full room that writes keeps nobody waiting. The session and the block are looked at again under their locks,
 * so it waits its turn with the reveal. Gives nothing, and has done nothing, when there is more to it than that.
 */
export async function writeAtOnce(
  house: House,
  { member, session, guest }: Seat,
  draft: AnswerDraft,
): Promise<MyAnswer | undefined> {
  if (guest) return undefined
  if (session.overDays) return undefined
  const accountId = member.account.id
  const { id, blockId, body, revision, done, ...more } = draft
  if (Object.keys(more).length > 0 || (done && body.trim() === '')) return undefined
  const [found] = await whereItGoes(house.db).execute({ sessionId: session.id, blockId, accountId })
  if (found?.kind !== 'write' || found.options.anonymous || found.noticed !== 'room') return undefined
  const before = found.answer
  if (before && before.revision >= revision) return undefined
  const kept = await keep(session.id, { house, session, accountId, draft, before })
  return kept ? { id: before?.id ?? id, blockId, body, revision, done } : undefined
}

/** Those of one session, in the order in which they came: whether each was kept. */
const keep = together(async (all: readonly Writing[]): Promise<boolean[]> => {
  const [first] = all
  if (!first) return []
  const { house, session } = first
  const at = house.now()
  const events = all.map(toEvent)
  const each = <Value>(of: (writing: Writing) => Value) => sql.param(all.map(of))
  const { rows } = await house.db.execute<{ place: number; told: number | null }>(sql`
    with room as materialized (
      select number from ${rooms} where id = ${session.id} for update
    ), live as materialized (
      select sessions.id from ${sessions}, room where sessions.id = ${session.id} and sessions.status = 'live'
      for share of sessions
    ), given as (
      -- Of one who sends twice at the same moment the first counts.
      select distinct on (block_id, account_id) * from unnest(
        ${each(({ draft }) => draft.id)}::uuid[],
        ${each(({ draft }) => draft.blockId)}::uuid[],
        ${each(({ accountId }) => accountId)}::uuid[],
        ${each(({ draft }) => draft.body)}::text[],
        ${each(({ draft }) => draft.revision)}::int[],
        ${each(({ draft, before }) => (draft.done ? (before?.done ?? at).toISOString() : null))}::timestamptz[],
        ${each(({ before }) => before?.id ?? null)}::uuid[],
        ${each(({ before }) => before?.revision ?? null)}::int[],
        ${sql.param(events.map((event) => event && JSON.stringify(event)))}::jsonb[]
      ) with ordinality as sent (id, block_id, account_id, body, revision, done, before, until, event, place)
      order by block_id, account_id, place
    ), open as materialized (
      select blocks.id from ${blocks}, live
      where blocks.session_id = live.id and blocks.id in (select block_id from given)
        and blocks.started_at is not null and blocks.revealed_at is null
      for share of blocks
    ), rewritten as (
      update ${answers}
      set body = given.body, revision = given.revision, done = given.done, written_at = ${at.toISOString()}::timestamptz
      from given join open on open.id = given.block_id
      where answers.id = given.before and answers.revision = given.until
      returning given.place
    ), written as (
      insert into ${answers} (id, group_id, block_id, account_id, body, revision, done, written_at)
      select given.id, ${session.groupId}::uuid, block_id, account_id, body, revision, done, ${at.toISOString()}::timestamptz
      from given join open on open.id = given.block_id
      where before is null
      -- The id is somebody else's, or another page of theirs was faster: write-answer.ts says so.
      on conflict do nothing
      returning id
    ), kept as (
      select place from rewritten union all select place from written join given using (id)
    ), news as (
      select place, event, row_number() over (order by place) as step
      from kept join given using (place) where event is not null
    ), told as (
      insert into ${roomEvents} (room_id, number, event, at)
      select ${session.id}::uuid, room.number + step, event, ${at.toISOString()}::timestamptz from news, room
      returning number
    ), counted as (
      update ${rooms} set number = (select max(number) from told)
      where id = ${session.id} and exists (select from told)
    )
    select place::int, (room.number + step)::int as told
    from kept left join news using (place), room order by place`)
  const news = rows.filter(({ told }) => told !== null)
  const last = news.at(-1)?.told
  if (last)
    house.rooms.announce(session.id, last, {
      events: news.flatMap(({ place }) => events[place - 1] ?? []),
      at,
    })
  const kept = new Set(rows.map(({ place }) => place))
  return all.map((_, at) => kept.has(at + 1))
})

/** Whoever writes on and is not done yet is no news. */
function toEvent({ draft: { done, blockId }, before, accountId }: Writing): StoredLiveEvent | null {
  if (done === Boolean(before?.done)) return null
  return { type: done ? 'answer-written' : 'answer-unwritten', blockId, accountId }
}

const whereItGoes = prepared((db) =>
  db
    .select({
      kind: blocks.kind,
      options: blocks.options,
      noticed: attendances.noticed,
      answer: { id: answers.id, revision: answers.revision, done: answers.done },
    })
    .from(blocks)
    .leftJoin(
      attendances,
      and(
        eq(attendances.sessionId, blocks.sessionId),
        eq(attendances.accountId, sql.placeholder('accountId')),
      ),
    )
    .leftJoin(
      answers,
      and(eq(answers.blockId, blocks.id), eq(answers.accountId, sql.placeholder('accountId'))),
    )
    .where(and(eq(blocks.id, sql.placeholder('blockId')), eq(blocks.sessionId, sql.placeholder('sessionId'))))
    .prepare('where_an_answer_goes'),
)
