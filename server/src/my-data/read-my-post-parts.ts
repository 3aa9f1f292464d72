import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, mentions, postReactions, posts, postVersions } from '#db/schema.ts'
import { orNull } from './or-null.ts'

/** What posts of mine said before, what I said about those of others with one press, and where I was mentioned. */
export async function readMyPostParts(tx: Transaction, accountId: string) {
  const before = await tx
    .select({ group: groups.name, postedAt: posts.postedAt, version: postVersions })
    .from(postVersions)
    .innerJoin(posts, eq(posts.id, postVersions.postId))
    .innerJoin(groups, eq(groups.id, posts.groupId))
    .where(eq(posts.accountId, accountId))
    .orderBy(asc(posts.postedAt), asc(posts.id), asc(postVersions.revision))
  const said = await tx
    .select({ group: groups.name, kind: postReactions.kind, reactedAt: postReactions.reactedAt })
    .from(postReactions)
    .innerJoin(groups, eq(groups.id, postReactions.groupId))
    .where(eq(postReactions.accountId, accountId))
    .orderBy(asc(postReactions.reactedAt), asc(postReactions.postId))
  const named = await tx
    .select({ group: groups.name, mentionedAt: mentions.mentionedAt, seenAt: mentions.seenAt })
    .from(mentions)
    .innerJoin(groups, eq(groups.id, mentions.groupId))
    .where(eq(mentions.accountId, accountId))
    .orderBy(asc(mentions.mentionedAt), asc(mentions.postId))
  return {
    postsBefore: before.map(({ group, postedAt, version }) => ({
      group,
      postedAt: postedAt.toISOString(),
      words: version.body,
      writtenAt: version.writtenAt.toISOString(),
    })),
    reactions: said.map(({ reactedAt, ...one }) => ({ ...one, reactedAt: reactedAt.toISOString() })),
    mentionsOfMe: named.map(({ group, mentionedAt, seenAt }) => ({
      group,
      mentionedAt: mentionedAt.toISOString(),
      seenAt: orNull(seenAt),
    })),
  }
}
