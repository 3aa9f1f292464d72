import { openDatabase } from '#db/connect.ts'
import { countUnread, type UnreadRoom } from '#server/marks/count-unread.ts'
import type { Bench } from '../bench.ts'
import { seedReading } from '../seed-reading.ts'
import { takeTurns } from '../turns.ts'

/**
 * What somebody has not read, in the database: our statement, against the difference of two numbers for each thread, by
 * the same two indexes, of which nothing is withdrawn, hidden, shut or of somebody blocked.
 */
export const bench: Bench = {
  name: 'unread',
  about: 'unread counts of a member of 40 groups with 5,000 threads',
  measure: async (stage) => {
    const databaseUrl = await stage.openDatabase('unread')
    stage.progress('writing groups, threads, posts and what was read of them')
    const reader = await seedReading(databaseUrl)
    const database = openDatabase(databaseUrl)
    try {
      const ours = () => countUnread(database.db, reader)
      const bare = () => database.pool.query({ text: BARE, values: [reader] })
      compare(await ours(), (await database.pool.query<Count>(POST_BY_POST, [reader])).rows)
      return [await takeTurns(stage, { name: 'unread', goal: 5, goalFor: 'ours' }, { ours, bare, parts: 1 })]
    } finally {
      await database.close()
    }
  },
}

type Count = { room_id: string; threads: number; posts: number }

const BARE = `
  select threads.group_id, threads.room_id, count(*)::int as threads,
    sum(threads.last_number - coalesce(read.size, 0))::int as posts
  from threads
  left join (select thread_id, size from thread_reads where account_id = $1 offset 0) read
    on read.thread_id = threads.id
  where threads.group_id = any (array(
      select group_id from memberships where account_id = $1 and status = 'active'))
    and coalesce(read.size, 0) < threads.last_number
  group by threads.group_id, threads.room_id`

/** As somebody would count who looks at every post. */
const POST_BY_POST = `
  select threads.room_id, count(distinct threads.id)::int as threads, count(*)::int as posts
  from memberships
  join threads on threads.group_id = memberships.group_id
  join posts on posts.thread_id = threads.id
  where memberships.account_id = $1 and memberships.status = 'active'
    and posts.withdrawn_at is null and posts.hidden_at is null
    and posts.account_id is distinct from $1::uuid
    and posts.account_id not in (select blocked_id from blocked_people where account_id = $1)
    and (not threads.answer_first or posts.number = 1 or exists (
      select from posts own where own.thread_id = threads.id and own.account_id = $1 and own.number > 1))
    and not exists (
      select from thread_reads where account_id = $1 and thread_id = threads.id and ranges @> posts.number)
  group by threads.room_id`

/** Both count the same, or nothing is measured. */
function compare(ours: readonly UnreadRoom[], theirs: readonly Count[]): void {
  const said = ours.map(({ roomId, threads, posts }) => `${roomId} ${threads} ${posts}`)
  const expected = theirs.map(({ room_id, threads, posts }) => `${room_id} ${threads} ${posts}`)
  if (ours.length === 0 || said.toSorted().join() !== expected.toSorted().join())
    throw new Error('What is counted by ranges is not what is counted post by post.')
}
