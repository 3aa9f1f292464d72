import { and, desc, eq, exists, gte, inArray, isNull, notExists, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Reader, Transaction } from '#db/connect.ts'
import {
  accounts,
  blockedPeople,
  episodes,
  groups,
  memberships,
  mentions,
  posts,
  threadReads,
  threads,
} from '#db/schema.ts'
import { showMentions, SOMEBODY_WHO_LEFT, wordsIn } from '#shared/mentions.ts'
import { MOST_WAITING_MENTIONS, type WaitingMention } from '#shared/post-parts.ts'
import { pathOfPost } from '#shared/thread-links.ts'
import type { Post } from '#shared/threads.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'
import { isOpenTo } from '../threads/answer-first.ts'
import { namesOf } from '../threads/post-parts.ts'
import { readPosts } from '../threads/read-threads.ts'
import { seenTitle } from '../threads/seen-title.ts'

/** How much of the words is shown where somebody was mentioned. */
const SHOWN = 200
const writer = alias(accounts, 'writer')

/** Where I was mentioned and have not looked, newest first. The words are read where they stand: nothing is copied. */
export function listMyMentions(house: House, { account }: SignedIn): Promise<WaitingMention[]> {
  return house.db.transaction(
    async (tx) => {
      const found = await readWaiting(tx, and(eq(mentions.accountId, account.id), isNull(mentions.seenAt)))
        .orderBy(desc(mentions.mentionedAt), desc(posts.number))
        .limit(MOST_WAITING_MENTIONS)
      const words = await readBeginnings(
        tx,
        account.id,
        found.map(({ postId }) => postId),
      )
      return found.map(({ by, group, thread, postId, mentionedAt }) => ({
        postId,
        by,
        group,
        about: aboutWhat(thread),
        words: words.get(postId) ?? null,
        path: pathOfPost(group.slug, thread, postId),
        mentionedAt: mentionedAt.toISOString(),
      }))
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

/** The title of the episode, or of the thread if the reader may see it. */
export const aboutWhat = (thread: { episode: string | null; title: string | null }) =>
  thread.episode ?? (thread.title || null)

/**
 * Mentions that are there to be seen: in words that still have them and were not read since, by somebody who is there and not blocked, in a group
 * that the mentioned person is in.
 */
export function readWaiting(reader: Reader, which: SQL | undefined) {
  return reader
    .select({
      accountId: mentions.accountId,
      mentionedAt: mentions.mentionedAt,
      postId: posts.id,
      thread: {
        id: threads.id,
        episodeId: threads.episodeId,
        episode: episodes.title,
        title: seenTitle(mentions.accountId),
      },
      group: { id: groups.id, slug: groups.slug, name: groups.name },
      by: { id: writer.id, name: writer.name },
    })
    .from(mentions)
    .innerJoin(posts, eq(posts.id, mentions.postId))
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(groups, eq(groups.id, mentions.groupId))
    .innerJoin(writer, eq(writer.id, posts.accountId))
    .leftJoin(episodes, eq(episodes.id, threads.episodeId))
    .where(
      and(
        which,
        isNull(posts.withdrawnAt),
        isNull(posts.hiddenAt),
        sql`position('@{' || ${mentions.accountId} || '}' in ${posts.body}) > 0`,
        exists(
          reader
            .select({ one: sql`1` })
            .from(memberships)
            .where(
              and(
                eq(memberships.groupId, mentions.groupId),
                eq(memberships.accountId, mentions.accountId),
                eq(memberships.status, 'active'),
              ),
            ),
        ),
        // Read since they were mentioned; what is marked as unread again waits again.
        notExists(
          reader
            .select({ one: sql`1` })
            .from(threadReads)
            .where(
              and(
                eq(threadReads.accountId, mentions.accountId),
                eq(threadReads.threadId, threads.id),
                sql`${threadReads.ranges} @> ${posts.number}`,
                gte(threadReads.readAt, mentions.mentionedAt),
              ),
            ),
        ),
        notExists(
          reader
            .select({ one: sql`1` })
            .from(blockedPeople)
            .where(
              and(
                eq(blockedPeople.accountId, mentions.accountId),
                eq(blockedPeople.blockedId, posts.accountId),
              ),
            ),
        ),
      ),
    )
    .$dynamic()
}

/** In a thread that waits for my answer first there are none. */
async function readBeginnings(
  tx: Transaction,
  accountId: string,
  ids: string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const open = await tx
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(and(inArray(posts.id, ids), isOpenTo(tx, accountId)))
  if (open.length === 0) return new Map()
  const worded = await readPosts(
    tx,
    inArray(
      posts.id,
      open.map(({ id }) => id),
    ),
  )
  return new Map(worded.map(({ post }) => [post.id, beginningOf(post)]))
}

function beginningOf({ html, mentions: people }: Post): string {
  const names = namesOf(people)
  const words = showMentions(wordsIn(html), (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`)
  // Cut between characters, never through one.
  return words.length > SHOWN
    ? `${words
        .slice(0, SHOWN)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : words
}
