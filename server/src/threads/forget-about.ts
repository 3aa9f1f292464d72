import { and, or, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { threads } from '#db/schema.ts'

/** What threads are about goes for good, with the words of their first post: the heading, or the quote. */
export async function forgetAbout(tx: Transaction, which: SQL | undefined): Promise<void> {
  const worded = or(sql`${threads.title} <> ''`, sql`${threads.anchor} <> ${bare}`)
  await tx
    .update(threads)
    .set({ title: sql`case when ${threads.title} is not null then '' end`, anchor: bare })
    .where(and(which, worded))
}

/** The moment stays: what others wrote after it is about that. */
const bare = sql`(${threads.anchor} - 'original') || '{"quote": "", "prefix": "", "suffix": "", "speaker": null}'`
