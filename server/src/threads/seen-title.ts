import { sql, type AnyColumn, type SQL } from 'drizzle-orm'
import { threads } from '#db/schema.ts'
import type { Anchor } from '#shared/threads.ts'

const firstInSight = sql`select from posts first_post where first_post.thread_id = threads.id and first_post.number = 1
    and first_post.hidden_at is null and first_post.withdrawn_at is null`

/** For queries of `threads`: what a thread hangs on. While its first post is out of sight, that is the moment alone. */
export const seenAnchor = sql<Anchor | null>`case when exists (${firstInSight}) then threads.anchor
  else threads.anchor || '{"quote": "", "prefix": "", "suffix": "", "speaker": null, "original": ""}' end`

/**
 * For queries of `threads`: the heading as this account may read it. It is out of sight while the first post is, and for
 * whoever blocked its writer. Tables are named, because drizzle leaves the name out where nothing is joined, and then the
 * id would be that of the post; an account that is a column must come from a joined table.
 */
export const seenTitle = (accountId: string | SQL | AnyColumn) => sql<string | null>`case when exists (
  ${firstInSight}
    and not exists (
      select from blocked_people where blocked_people.account_id = ${accountId}
        and blocked_people.blocked_id = first_post.account_id)
) then ${threads.title} end`
