import { sql } from 'drizzle-orm'
import { answers, attendances, blocks, roomEvents, rooms, sessions } from '#db/schema.ts'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import type { House } from '../house.ts'
import type { Seat } from '../sessions/guards.ts'
import { together } from '../together.ts'
import type { StoredLiveEvent } from './stored-events.ts'

type Writing = { house: House; session: Seat['session']; accountId: string; draft: AnswerDraft }

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
  if (session.status !== 'live' || session.overDays) return undefined
  const { id: _id, blockId, body, revision, done, ...more } = draft
  if (Object.keys(more).length > 0 || (done && body.trim() === '')) return undefined
  const id = await keep(session.id, { house, session, accountId: member.account.id, draft })
  return id === undefined ? undefined : { id, blockId, body, revision, done }
}

/** Those of one session, in the order in which they came: the id of each answer that was kept. */
const keep = together(async (all: readonly Writing[]): Promise<(string | undefined)[]> => {
  const [first] = all
  if (!first) return []
  const { house, session } = first
  const at = house.now()
  const now = sql`${at.toISOString()}::timestamptz`
  const each = <Value>(of: (writing: Writing) => Value) => sql.param(all.map(of))
  const { rows } = await house.db.execute<{ place: number; id: string; told: number | null }>(sql`
    with given as materialized (
      -- Of one who sends twice at the same moment the first counts.
      select distinct on (sent.block_id, sent.account_id) sent.*, answers.id as before, answers.revision as until,
        case when sent.is_done then coalesce(answers.done, ${now}) end as done,
        sent.is_done is distinct from (answers.done is not null) as is_news
      from unnest(
        ${each(({ draft }) => draft.id)}::uuid[],
        ${each(({ draft }) => draft.blockId)}::uuid[],
        ${each(({ accountId }) => accountId)}::uuid[],
        ${each(({ draft }) => draft.body)}::text[],
        ${each(({ draft }) => draft.revision)}::bigint[],
        ${each(({ draft }) => draft.done)}::boolean[]
      ) with ordinality as sent (id, block_id, account_id, body, revision, is_done, place)
      join ${blocks} on blocks.id = sent.block_id and blocks.session_id = ${session.id}
        and blocks.kind = 'write' and coalesce(blocks.options ->> 'anonymous', 'false') = 'false'
      join ${attendances} on attendances.session_id = blocks.session_id
        and attendances.account_id = sent.account_id and attendances.noticed = 'room'
      left join ${answers} on answers.block_id = sent.block_id and answers.account_id = sent.account_id
      where answers.id is null or answers.revision < sent.revision
      order by sent.block_id, sent.account_id, sent.place
    ), room as materialized (
      select number from ${rooms} where id = ${session.id} and exists (select from given) for update
    ), live as materialized (
      select sessions.id from ${sessions}, room where sessions.id = ${session.id} and sessions.status = 'live'
      for share of sessions
    ), open as materialized (
      select blocks.id from ${blocks}, live
      where blocks.session_id = live.id and blocks.id in (select block_id from given)
        and blocks.started_at is not null and blocks.revealed_at is null
      for share of blocks
    ), rewritten as (
      update ${answers} set body = given.body, revision = given.revision, done = given.done, written_at = ${now}
      from given join open on open.id = given.block_id
      where answers.id = given.before and answers.revision = given.until
      returning given.place, answers.id
    ), written as (
      insert into ${answers} (id, group_id, block_id, account_id, body, revision, done, written_at)
      select given.id, ${session.groupId}::uuid, block_id, account_id, body, revision, done, ${now}
      from given join open on open.id = given.block_id
      where before is null
      -- The id is somebody else's, or another page of theirs was faster: write-answer.ts says so.
      on conflict do nothing
      returning id
    ), kept as (
      select place, id from rewritten union all select place, id from written join given using (id)
    ), news as (
      select place, row_number() over (order by place) as step, jsonb_build_object(
        'type', case when is_done then 'answer-written' else 'answer-unwritten' end,
        'blockId', block_id, 'accountId', account_id
      ) as event
      from kept join given using (place) where is_news
    ), told as (
      insert into ${roomEvents} (room_id, number, event, at)
      select ${session.id}::uuid, room.number + step, event, ${now} from news, room
      returning number
    ), counted as (
      update ${rooms} set number = (select max(number) from told)
      where id = ${session.id} and exists (select from told)
    )
    select place::int, kept.id, (room.number + step)::int as told
    from kept left join news using (place), room order by place`)
  const news = rows.filter(({ told }) => told !== null)
  const last = news.at(-1)?.told
  if (last)
    house.rooms.announce(session.id, last, {
      events: news.flatMap(({ place }) => all[place - 1] ?? []).map(toEvent),
      at,
    })
  const ids = new Map(rows.map(({ place, id }) => [place, id]))
  return all.map((_, at) => ids.get(at + 1))
})

const toEvent = ({ draft: { done, blockId }, accountId }: Writing): StoredLiveEvent => ({
  type: done ? 'answer-written' : 'answer-unwritten',
  blockId,
  accountId,
})
