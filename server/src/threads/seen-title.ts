import { sql } from 'drizzle-orm'
import { threads } from '#db/schema.ts'

/**
 * For queries of `threads`: the heading as everybody may read it. It is out of sight while the first post is. The table is
 * named, because drizzle leaves the name out where nothing is joined, and then the id would be that of the post.
 */
export const seenTitle = sql<string | null>`case when exists (
  select from posts first_post where first_post.thread_id = threads.id and first_post.number = 1
    and first_post.hidden_at is null and first_post.withdrawn_at is null
) then ${threads.title} end`
