import { asc, eq } from 'drizzle-orm'
import { accounts, mentions, postVersions } from '#db/schema.ts'
import { mentionedIn } from '#shared/mentions.ts'
import type { PostHistory } from '#shared/post-parts.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { findPost } from './changes.ts'
import type { ThreadReader } from './guards.ts'

/** What a post said before, for whoever reads it now. Of words that were taken back or hidden nothing is left to read. */
export function readHistory(house: House, reader: ThreadReader, postId: string): Promise<PostHistory> {
  return house.db.transaction(
    async (tx) => {
      const { post } = await findPost(tx, reader, postId)
      if (post.withdrawnAt || post.hiddenAt) throw new Refusal('not-found')
      const before = await tx
        .select()
        .from(postVersions)
        .where(eq(postVersions.postId, postId))
        .orderBy(asc(postVersions.revision))
      const now = { revision: post.revision, body: post.body, writtenAt: post.editedAt ?? post.postedAt }
      const versions = [...before, now]
      const ids = new Set(versions.flatMap(({ body }) => mentionedIn(body)))
      const people = await tx
        .select({ id: accounts.id, name: accounts.name })
        .from(mentions)
        .innerJoin(accounts, eq(accounts.id, mentions.accountId))
        .where(eq(mentions.postId, postId))
        .orderBy(asc(accounts.id))
      return {
        mentions: people.filter(({ id }) => ids.has(id)),
        versions: versions.map(({ revision, body, writtenAt }) => ({
          revision,
          body,
          writtenAt: writtenAt.toISOString(),
        })),
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}
