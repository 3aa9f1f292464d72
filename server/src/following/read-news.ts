import { inArray, sql, type SQL } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { accounts } from '#db/schema.ts'
import { isToldOf, levelOf, type Following, type Level } from '#shared/following.ts'
import { mentionedIn, showMentions, SOMEBODY_WHO_LEFT, wordsIn } from '#shared/mentions.ts'
import type { Anchor, Question } from '#shared/threads.ts'
import { renderMarkdown } from '../markdown.ts'
import { seenAnchor, seenTitle } from '../threads/seen-title.ts'

/** A post that somebody has not read and was not told of, with where it stands. */
export type News = {
  threadId: string
  postId: string
  /** What it says, without its form. */
  words: string
  postedAt: Date
  writer: string | null
  question: Question
  title: string | null
  anchor: Anchor | null
  episode: { id: string; title: string } | null
  session: string | null
  /** The chapter it stands in. */
  chapter: { start: number; title: string } | null
  startedAt: Date
  mentioned: boolean
  /** Whether the reader wrote in the thread. */
  mine: boolean
}

type Row = {
  thread_id: string
  post_id: string
  body: string
  posted_at: string
  writer: string | null
  question: Question
  title: string | null
  anchor: Anchor | null
  episode_id: string | null
  episode_title: string | null
  session_title: string | null
  chapter_start: number | null
  chapter_title: string | null
  started_at: string
  level: Level | null
  mine: boolean
  mentioned: boolean
}

/** What somebody is told of in this way, out of what was posted from `after` up to `until`, which belongs to the next. */
export async function readNews(
  reader: Reader,
  { accountId, groupId }: { accountId: string; groupId: string },
  following: Pick<Following, 'level' | 'mine'>,
  way: 'soon' | 'digest',
  { after, until }: { after: Date; until: Date },
): Promise<News[]> {
  const me = sql`${accountId}::uuid`
  const { rows } = await reader.execute<Row>(sql`
    select posts.thread_id, posts.id as post_id, posts.body, posts.posted_at, writers.name as writer,
      threads.question, ${seenTitle(me)} as title, ${seenAnchor} as anchor, threads.started_at, episodes.id as episode_id,
      episodes.title as episode_title, sessions.title as session_title, chapter.start as chapter_start,
      chapter.title as chapter_title, thread_following.level, ${wroteIn(me)} as mine, ${isMentioned(me)} as mentioned
    from posts
    join threads on threads.id = posts.thread_id
    left join accounts writers on writers.id = posts.account_id
    left join episodes on episodes.id = threads.episode_id
    left join sessions on sessions.id = threads.session_id
    left join lateral (
      select chapters.start, chapters.title from chapters
      where chapters.episode_id = threads.episode_id
        and chapters.start <= coalesce((threads.anchor->>'start')::float8, (threads.anchor->>'chapter')::float8)
      order by chapters.start desc limit 1
    ) chapter on true
    left join thread_following
      on thread_following.thread_id = threads.id and thread_following.account_id = ${me}
    where posts.group_id = ${groupId}
      and posts.posted_at >= ${after.toISOString()} and posts.posted_at < ${until.toISOString()}
      and posts.posted_at >= coalesce(thread_following.since, '-infinity')
      and ${isNewTo(me)}
    order by threads.started_at, threads.id, posts.number`)
  const told = rows.filter(({ level, mine, mentioned }) =>
    isToldOf(levelOf(following, level, mine), way, mentioned),
  )
  const names = await readNames(reader, told)
  return told.map((row) => toNews(row, names))
}

/**
 * A post that an account may read, has not read, did not write, and was told of by no letter; of `posts` joined with
 * `threads`. What may be read is what counts as unread (server/src/marks/count-unread.ts).
 */
export const isNewTo = (me: SQL): SQL => sql`
  posts.account_id is distinct from ${me} and posts.withdrawn_at is null and posts.hidden_at is null
  and (not threads.answer_first or posts.number = 1 or exists (
    select from posts own where own.thread_id = threads.id and own.account_id = ${me} and own.number > 1))
  and not exists (
    select from thread_reads where thread_reads.account_id = ${me}
      and thread_reads.thread_id = posts.thread_id and thread_reads.ranges @> posts.number)
  and not exists (
    select from blocked_people where blocked_people.account_id = ${me}
      and blocked_people.blocked_id = posts.account_id)
  and not exists (
    select from mailed_posts where mailed_posts.account_id = ${me} and mailed_posts.post_id = posts.id)`

/** Whether an account wrote in the thread, and did not take it back. */
export const wroteIn = (me: SQL): SQL => sql`exists (
  select from posts own where own.thread_id = threads.id and own.account_id = ${me} and own.withdrawn_at is null)`

/** Whether the words of a post mention an account now, and no letter told it so. */
export const isMentioned = (me: SQL): SQL => sql`exists (
  select from mentions where mentions.post_id = posts.id and mentions.account_id = ${me}
    and mentions.mailed_at is null and position('@{' || mentions.account_id || '}' in posts.body) > 0)`

async function readNames(reader: Reader, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap(({ body }) => mentionedIn(body)))]
  if (ids.length === 0) return new Map()
  const found = await reader
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, ids))
  return new Map(found.map(({ id, name }) => [id, name]))
}

const toNews = (row: Row, names: Map<string, string>): News => ({
  threadId: row.thread_id,
  postId: row.post_id,
  words: showMentions(wordsIn(renderMarkdown(row.body)), (id) => `@${names.get(id) ?? SOMEBODY_WHO_LEFT}`),
  postedAt: new Date(row.posted_at),
  writer: row.writer,
  question: row.question,
  title: row.title,
  anchor: row.anchor,
  episode: row.episode_id === null ? null : { id: row.episode_id, title: row.episode_title ?? '' },
  session: row.session_title,
  chapter:
    row.chapter_title === null || row.chapter_start === null
      ? null
      : { start: row.chapter_start, title: row.chapter_title },
  startedAt: new Date(row.started_at),
  mentioned: row.mentioned,
  mine: row.mine,
})
