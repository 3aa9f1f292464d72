import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '#db/prepared.ts'
import { answers, attendances, blocks, sessions } from '#db/schema.ts'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import { wasTaken } from '../faults.ts'
import type { House } from '../house.ts'
import { changeRoomAtOnce } from '../rooms/change-room.ts'
import type { Seat } from '../sessions/guards.ts'
import type { StoredLiveEvent } from './stored-events.ts'

/**
 * Words with a name on them, by a member who is in the room, kept by one statement: a full room that writes at the same time
 * keeps nobody waiting. The session and the block are looked at again under their locks, so it waits its turn with the
 * reveal. Gives nothing, and has done nothing, when there is more to it than that.
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

  const now = house.now().toISOString()
  const doneAt = done ? (before?.done?.toISOString() ?? now) : null
  const kept = before
    ? sql`update ${answers}
        set body = ${body}, revision = ${revision}, done = ${doneAt}::timestamptz, written_at = ${now}::timestamptz
        from open where answers.id = ${before.id} and answers.revision = ${before.revision}
        returning answers.id`
    : sql`insert into ${answers} (id, group_id, block_id, account_id, body, revision, done, written_at)
        select ${id}::uuid, ${session.groupId}::uuid, ${blockId}::uuid, ${accountId}::uuid, ${body},
          ${revision}::int, ${doneAt}::timestamptz, ${now}::timestamptz
        from open
        on conflict (block_id, account_id) do nothing returning id`
  const keeping = (after = sql``) => sql`
    live as materialized (
      select sessions.id from ${sessions} ${after} where sessions.id = ${session.id} and sessions.status = 'live'
      for share of sessions
    ), open as materialized (
      select blocks.id from ${blocks}, live
      where blocks.id = ${blockId} and blocks.started_at is not null and blocks.revealed_at is null
      for share of blocks
    ), done as (${kept})`

  const event: StoredLiveEvent = { type: done ? 'answer-written' : 'answer-unwritten', blockId, accountId }
  const isNews = done !== Boolean(before?.done)
  const row = await (
    isNews
      ? changeRoomAtOnce<{ id: string }>(house, session.id, event, keeping(sql`, room`))
      : house.db
          .execute<{ id: string }>(sql`with ${keeping()} select id from done`)
          .then(({ rows }) => rows[0])
  ).catch((problem: unknown) => {
    // The id is somebody else's: write-answer.ts says so.
    if (wasTaken(problem)) return undefined
    throw problem
  })
  return row && { id: row.id, blockId, body, revision, done }
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
