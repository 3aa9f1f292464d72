import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { readRanges, writeRanges } from '#db/schema.ts'
import type { Ranges } from '#shared/ranges.ts'
import type { ReadMark } from '#shared/rooms.ts'

/**
 * How what somebody has read is kept. Each statement takes the next revision of the account first and holds it to the
 * commit, so the marks of one account come in order, and two pages of theirs never undo each other.
 */

type Place = { accountId: string; groupId: string; threadId: string }

/** These posts were read, beside what was read before. */
export async function addMarks(tx: Transaction, place: Place, seen: Ranges, now: Date): Promise<ReadMark> {
  const before = await readMark(tx, place, seen)
  if (before) return before
  return addOwnMark(tx, place, seen, now)
}

/** The same for whoever wrote just now: that post can't have been read before. */
export const addOwnMark = (tx: Transaction, place: Place, seen: Ranges, now: Date): Promise<ReadMark> =>
  writeMark(tx, place, { first: literal(seen), then: sql`mine.ranges + excluded.ranges` }, now)

/** Everything from this post on is to be read again, but for what the reader wrote. */
export function takeMarks(tx: Transaction, place: Place, from: number, now: Date): Promise<ReadMark> {
  const own = sql`coalesce((
    select range_agg(int4range(number, number + 1)) from posts
    where thread_id = ${place.threadId} and account_id = ${place.accountId}), '{}')`
  const kept = sql`mine.ranges - int4multirange(int4range(${from}::int, null))`
  return writeMark(tx, place, { first: own, then: sql`${kept} + excluded.ranges` }, now)
}

/** Threads that were read to their end; to their first post where the answers wait for the reader's own. */
export async function markThreads(
  tx: Transaction,
  accountId: string,
  which: SQL,
  now: Date,
): Promise<ReadMark[]> {
  const { rows } = await tx.execute<Row>(sql`
    with behind as materialized (
      select threads.id, threads.group_id, ${readableEnd(accountId)} as last from threads
      left join thread_reads on thread_reads.account_id = ${accountId} and thread_reads.thread_id = threads.id
      where ${which} and coalesce(thread_reads.size, 0) < threads.last_number
    ), counter as (${nextRevision(accountId)})
    insert into thread_reads as mine (account_id, group_id, thread_id, ranges, size, revision, read_at)
    select ${accountId}, group_id, id, int4multirange(int4range(1, last + 1)), last, revision, ${now.toISOString()}
    from behind, counter where last > 0
    on conflict (account_id, thread_id) do update set
      ranges = mine.ranges + excluded.ranges, size = ${sizeOf(sql`mine.ranges + excluded.ranges`)},
      revision = excluded.revision, read_at = excluded.read_at
    returning thread_id, ranges::text, revision`)
  return rows.map(toMark)
}

/** How far somebody may read a thread: to its end, or to the question while the others' answers wait for theirs. */
const readableEnd = (accountId: string): SQL => sql`case
  when not threads.answer_first or exists (
    select from posts where posts.thread_id = threads.id and posts.account_id = ${accountId} and posts.number > 1)
  then threads.last_number else least(threads.last_number, 1) end`

type Row = { thread_id: string; ranges: string; revision: number }

/** The mark as it is, when it already says that these were read. */
async function readMark(
  tx: Transaction,
  { accountId, threadId }: Place,
  seen: Ranges,
): Promise<ReadMark | undefined> {
  const { rows } = await tx.execute<Row & { there: boolean }>(sql`
    select thread_id, ranges::text, revision, ranges @> ${literal(seen)} as there from thread_reads
    where account_id = ${accountId} and thread_id = ${threadId}`)
  const [row] = rows
  if (row?.there) return toMark(row)
  return row || seen.length > 0 ? undefined : { threadId, revision: 0, read: [] }
}

/**
 * Parts of a `with` by which whoever wrote a post has read their thread up to it.
 * @param number of the post, which stands in the `with` before
 */
export function markingOwn({ accountId, groupId, threadId }: Place, number: SQL, now: Date): SQL {
  const both = sql`mine.ranges + excluded.ranges`
  return sql`counter as (${nextRevision(accountId)}), mark as (
    insert into thread_reads as mine (account_id, group_id, thread_id, ranges, size, revision, read_at)
    select ${accountId}::uuid, ${groupId}::uuid, ${threadId}::uuid, int4multirange(int4range(1, last + 1)), last, revision,
      ${now.toISOString()}::timestamptz
    from counter, (select ${number} as last) wrote
    on conflict (account_id, thread_id) do update set
      ranges = ${both}, size = ${sizeOf(both)}, revision = excluded.revision, read_at = excluded.read_at
  )`
}

async function writeMark(
  tx: Transaction,
  { accountId, groupId, threadId }: Place,
  { first, then }: { first: SQL; then: SQL },
  now: Date,
): Promise<ReadMark> {
  const { rows } = await tx.execute<Row>(sql`
    with counter as (${nextRevision(accountId)}), said as (select ${first} as ranges)
    insert into thread_reads as mine (account_id, group_id, thread_id, ranges, size, revision, read_at)
    select ${accountId}, ${groupId}, ${threadId}, ranges, ${sizeOf(sql`ranges`)}, revision, ${now.toISOString()}
    from said, counter
    on conflict (account_id, thread_id) do update set
      ranges = ${then}, size = ${sizeOf(then)}, revision = excluded.revision, read_at = excluded.read_at
    returning thread_id, ranges::text, revision`)
  const [row] = rows
  if (!row) throw new Error('A mark was not written.')
  return toMark(row)
}

const nextRevision = (accountId: string): SQL => sql`
  insert into read_revisions as counted (account_id, revision) values (${accountId}, 1)
  on conflict (account_id) do update set revision = counted.revision + 1 returning revision`

const sizeOf = (some: SQL): SQL =>
  sql`(select coalesce(sum(upper(one) - lower(one)), 0)::int from unnest(${some}) one)`

const literal = (some: Ranges): SQL => sql`${writeRanges(some)}::int4multirange`

const toMark = ({ thread_id, ranges, revision }: Row): ReadMark => ({
  threadId: thread_id,
  revision,
  read: readRanges(ranges),
})
