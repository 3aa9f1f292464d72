import { sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'

/** What somebody has not read in one log: of an episode, or of a group's own threads. */
export type UnreadRoom = { groupId: string; roomId: string; threads: number; posts: number }

/**
 * What an account has not read, in one group or in all that it is in. What was withdrawn or hidden counts as little as
 * what the reader wrote (their own numbers are always among those read), what people wrote whom they blocked, and
 * answers that wait for their own.
 */
export async function countUnread(
  reader: Reader,
  accountId: string,
  groupId?: string,
): Promise<UnreadRoom[]> {
  const { rows } = await reader.execute<{
    group_id: string
    room_id: string
    threads: number
    posts: number
  }>(unreadStatement(accountId, groupId))
  return rows.map(({ group_id, room_id, threads, posts }) => ({
    groupId: group_id,
    roomId: room_id,
    threads,
    posts,
  }))
}

/**
 * Two indexes are read side by side, of threads and of what was read of them, and whoever is through with a thread is
 * not looked at further. Numbers alone say how much is new in nearly all of the others; ranges are only taken apart
 * where something was withdrawn or hidden in a thread that was read in part, where answers wait, or where the reader
 * blocked a writer.
 */
export const unreadStatement = (accountId: string, groupId?: string): SQL => sql`
  with mine as materialized (
    select group_id from memberships
    where account_id = ${accountId} and status = 'active' ${groupId ? sql`and group_id = ${groupId}` : sql``}
  ), blocked as materialized (
    select posts.thread_id, range_agg(int4range(posts.number, posts.number + 1)) as ranges
    from blocked_people join posts on posts.account_id = blocked_people.blocked_id
    where blocked_people.account_id = ${accountId} and posts.group_id in (select group_id from mine)
    group by posts.thread_id
  ), behind as materialized (
    select threads.id, threads.group_id, threads.room_id, threads.last_number, threads.gone_count, read.size,
      blocked.ranges as blocked,
      not threads.answer_first and blocked.ranges is null and (read.size is null or threads.gone_count = 0) as plain
    from threads
    left join (
      select thread_id, size from thread_reads where account_id = ${accountId} offset 0
    ) read on read.thread_id = threads.id
    left join blocked on blocked.thread_id = threads.id
    where threads.group_id = any (array(select group_id from mine))
      and coalesce(read.size, 0) < threads.last_number and threads.gone_count < threads.last_number
  ), counted as (
    select group_id, room_id, last_number - gone_count - coalesce(size, 0) as posts from behind where plain
    union all
    select behind.group_id, behind.room_id, sum(upper(one) - lower(one)) as posts
    from behind
    join threads on threads.id = behind.id
    left join thread_reads on thread_reads.account_id = ${accountId} and thread_reads.thread_id = behind.id
    cross join lateral unnest(
      int4multirange(int4range(1, 1 + case
        when not threads.answer_first or exists (
          select from posts
          where posts.thread_id = threads.id and posts.account_id = ${accountId} and posts.number > 1)
        then threads.last_number else least(threads.last_number, 1) end))
      - threads.gone - coalesce(behind.blocked, '{}') - coalesce(thread_reads.ranges, '{}')) one
    where not behind.plain
    group by behind.group_id, behind.room_id, behind.id
  )
  select group_id, room_id, count(*)::int as threads, sum(posts)::int as posts
  from counted where posts > 0 group by group_id, room_id`
