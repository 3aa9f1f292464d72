import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { following, posts, threadFollowing } from '#db/schema.ts'
import { levelOf, type Following, type Level, type ThreadFollowing } from '#shared/following.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { ThreadReader } from '../threads/guards.ts'
import { followingOf } from './following-of.ts'

export async function getFollowing(
  house: House,
  { account, group }: Member,
): Promise<Following & { digestedAt: string | null }> {
  const { digestedAt, ...said } = await followingOf(house.db, { accountId: account.id, groupId: group.id })
  return { ...said, digestedAt: digestedAt?.toISOString() ?? null }
}

/** Another level counts from now on: nobody gets a pile of letters about what was said before. */
export async function changeFollowing(
  house: House,
  { account, group }: Member,
  wanted: Following,
): Promise<Following> {
  const now = house.now()
  const changed = sql`${following.level} is distinct from ${wanted.level} or ${following.mine} is distinct from ${wanted.mine}`
  await house.db
    .insert(following)
    .values({ ...wanted, accountId: account.id, groupId: group.id, since: now })
    .onConflictDoUpdate({
      target: [following.accountId, following.groupId],
      set: {
        ...wanted,
        since: sql`case when ${changed} then ${now.toISOString()}::timestamptz else ${following.since} end`,
      },
    })
  return wanted
}

export async function getThreadFollowing(
  house: House,
  { member, threadId }: ThreadReader,
): Promise<ThreadFollowing> {
  const accountId = member.account.id
  const [row] = await house.db
    .select({ level: threadFollowing.level })
    .from(threadFollowing)
    .where(and(eq(threadFollowing.accountId, accountId), eq(threadFollowing.threadId, threadId)))
  const said = await followingOf(house.db, { accountId, groupId: member.group.id })
  const wrote = await wroteInThread(house.db, accountId, threadId)
  const own = row?.level ?? null
  return { own, level: levelOf(said, own, wrote), otherwise: levelOf(said, null, wrote) }
}

/** Muting is the level at which nothing is told; null takes back what was said about this thread. */
export async function followThread(
  house: House,
  reader: ThreadReader,
  level: Level | null,
): Promise<ThreadFollowing> {
  const { member, threadId } = reader
  const accountId = member.account.id
  if (level === null)
    await house.db
      .delete(threadFollowing)
      .where(and(eq(threadFollowing.accountId, accountId), eq(threadFollowing.threadId, threadId)))
  else
    await house.db
      .insert(threadFollowing)
      .values({ accountId, groupId: member.group.id, threadId, level, since: house.now() })
      .onConflictDoUpdate({
        target: [threadFollowing.accountId, threadFollowing.threadId],
        set: { level, since: house.now() },
      })
  return getThreadFollowing(house, reader)
}

async function wroteInThread(reader: Reader, accountId: string, threadId: string): Promise<boolean> {
  const [found] = await reader
    .select({
      wrote: exists(
        reader
          .select({ id: posts.id })
          .from(posts)
          .where(
            and(
              eq(posts.threadId, threadId),
              eq(posts.accountId, accountId),
              isNull(posts.withdrawnAt),
              gt(posts.number, 0),
            ),
          ),
      ),
    })
    .from(sql`(select 1) one`)
  return found?.wrote === true
}
