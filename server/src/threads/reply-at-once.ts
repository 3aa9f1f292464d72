import { sql } from 'drizzle-orm'
import { posts, threads } from '#db/schema.ts'
import { mentionedIn } from '#shared/mentions.ts'
import { NO_PARTS } from '#shared/post-parts.ts'
import { MOST_POSTS, type Post, type PostDraft } from '#shared/threads.ts'
import { wasTaken } from '../faults.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { markingOwn } from '../marks/keep-marks.ts'
import { indexingNewPost } from '../passages/index-posts.ts'
import { changeRoomAtOnce } from '../rooms/change-room.ts'
import { writtenWords } from './changes.ts'
import type { ThreadReader } from './guards.ts'

/** Near its end a thread is counted under its lock, however many write at once. */
const NEARLY_FULL = 50

/**
 * A reply that only adds words: numbered, found, read by its writer, in the log and durable by one statement, so a lively
 * thread keeps nobody waiting. Gives nothing, and has done nothing, when there is more to it than that.
 */
export async function replyAtOnce(
  house: House,
  { member, roomId, threadId, thread }: ThreadReader,
  { postId, body, quote }: PostDraft,
): Promise<Post | undefined> {
  const words = writtenWords(body)
  if (
    quote ||
    thread.answerFirst ||
    thread.lastNumber >= MOST_POSTS - NEARLY_FULL ||
    mentionedIn(words).length > 0
  )
    return undefined
  const { account, group } = member
  const now = house.now()
  const post = { id: postId, number: 0, accountId: account.id, body: words }
  const place = { accountId: account.id, groupId: group.id, threadId }
  const passage = indexingNewPost(group, thread.spoken, {
    post,
    thread: { id: threadId, episodeId: thread.episodeId, title: null },
  })
  const added = await changeRoomAtOnce<{ number: number }>(
    house,
    roomId,
    { type: 'post-added', threadId, postId },
    sql`counted as (
      update ${threads} set last_number = last_number + 1 from room where threads.id = ${threadId}
      returning last_number
    ), done as (
      insert into ${posts} (id, group_id, thread_id, number, account_id, body, posted_at)
      select ${postId}::uuid, ${group.id}::uuid, ${threadId}::uuid, last_number, ${account.id}::uuid, ${words},
        ${now.toISOString()}::timestamptz
      from counted returning number
    ), passage as (${passage}), ${markingOwn(place, sql`(select number from done)`, now)}`,
  ).catch((problem: unknown) => {
    // The id is taken, by a retry or otherwise: reply.ts says by which.
    if (wasTaken(problem)) return undefined
    throw problem
  })
  if (!added) return undefined
  return {
    id: postId,
    number: added.number,
    by: { id: account.id, name: account.name },
    body: words,
    html: renderMarkdown(words, new Map()),
    postedAt: now.toISOString(),
    editedAt: null,
    withdrawn: false,
    hidden: null,
    revision: 0,
    ...NO_PARTS,
  }
}
