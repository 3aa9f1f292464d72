import { sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'

/**
 * Writes down at the threads which of their posts are not there to be read, so that counting what is unread looks at no
 * post. Whatever takes a post away or brings it back says so here, in the same transaction.
 * @param which condition on `posts`
 */
export async function noteGone(tx: Transaction, which: SQL): Promise<void> {
  await tx.execute(sql`
    update threads set gone = found.gone, gone_count = found.gone_count
    from (
      select all_of.thread_id,
        coalesce(range_agg(int4range(all_of.number, all_of.number + 1))
          filter (where all_of.withdrawn_at is not null or all_of.hidden_at is not null), '{}') as gone,
        (count(*) filter (where all_of.withdrawn_at is not null or all_of.hidden_at is not null))::int as gone_count
      from posts all_of
      where all_of.thread_id in (select posts.thread_id from posts where ${which})
      group by all_of.thread_id
    ) found
    where threads.id = found.thread_id and threads.gone is distinct from found.gone`)
}
