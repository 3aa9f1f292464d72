import { eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, following, groups, mailedPosts, mentions } from '#db/schema.ts'
import { isGathered } from '#shared/following.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { asSaid, lockFollowing } from './following-of.ts'
import { digestLetter, postsLetter } from './letters.ts'
import { isMentioned, isNewTo, readNews, wroteIn, type News } from './read-news.ts'
import { dueSince, periodBefore } from './slots.ts'
import { tryEach } from '../try-each.ts'

const DAY = 24 * 3_600_000
/** After our server was away, letters tell of what was said so long ago at most. */
const SOON_LOOKS_BACK = DAY
const DIGEST_LOOKS_BACK = 30 * DAY
/** Longer than any letter looks back. */
const REMEMBERED = 45 * DAY

type Member = { accountId: string; groupId: string }

export function repeatLetters(house: House): void {
  house.jobs.repeat('mail-posts', '*/5 * * * *', () => mailPosts(house))
  house.jobs.repeat('mail-digests', '*/15 * * * *', () => mailDigests(house))
}

/** What people want to hear of soon, gathered for some minutes, one letter for a group. */
async function mailPosts(house: House): Promise<void> {
  const now = house.now()
  const after = new Date(now.getTime() - SOON_LOOKS_BACK)
  const me = sql`memberships.account_id`
  const { rows } = await house.db.execute<{ account_id: string; group_id: string }>(sql`
    select distinct memberships.account_id, memberships.group_id
    from posts
    join threads on threads.id = posts.thread_id
    join memberships on memberships.group_id = posts.group_id
    ${REACHABLE}
    left join following
      on following.account_id = memberships.account_id and following.group_id = memberships.group_id
    left join thread_following
      on thread_following.account_id = memberships.account_id and thread_following.thread_id = threads.id
    where posts.posted_at > ${after.toISOString()} and ${isNewTo(me)} and (
      ${isMentioned(me)}
      or coalesce(thread_following.level, case when ${wroteIn(me)}
        then coalesce(following.mine, 'every') else coalesce(following.level, 'digest') end) = 'every')`)
  await each(rows, (member) => house.db.transaction((tx) => tellSoon(house, tx, member, after)))
}

async function tellSoon(house: House, tx: Transaction, member: Member, after: Date): Promise<void> {
  const now = house.now()
  const locked = await lockFollowing(tx, member)
  if (!locked) return
  const { row, since } = locked
  const news = await readNews(tx, member, row, 'soon', { after: since > after ? since : after, until: now })
  const [oldest, newest] = [news, news].map((all, last) => edge(all, last === 1))
  if (!oldest || !newest || !isGathered(oldest, newest, now)) return
  const to = await noteMailed(tx, member, news, now)
  if (to) await sendMail(house, tx, postsLetter(house, to.group, row, to, news))
}

const edge = (news: readonly News[], last: boolean): Date | undefined =>
  news.map(({ postedAt }) => postedAt).toSorted((one, other) => one.getTime() - other.getTime())[
    last ? news.length - 1 : 0
  ]

/** Once a week or a day, at a decent hour where the group is, and only when something is new. */
async function mailDigests(house: House): Promise<void> {
  const now = house.now()
  await house.db.delete(mailedPosts).where(lt(mailedPosts.mailedAt, new Date(now.getTime() - REMEMBERED)))
  const { rows } = await house.db.execute<{
    account_id: string
    group_id: string
    zone: string
    digest: 'weekly' | 'daily'
    digested_at: string | null
  }>(sql`
    select memberships.account_id, memberships.group_id, groups.zone,
      coalesce(following.digest, 'weekly') as digest, following.digested_at
    from memberships
    ${REACHABLE}
    left join following
      on following.account_id = memberships.account_id and following.group_id = memberships.group_id
    where (following.id is null or following.level = 'digest' or following.mine = 'digest' or exists (
        select from thread_following where thread_following.account_id = memberships.account_id
          and thread_following.group_id = memberships.group_id and thread_following.level = 'digest'))
      and exists (
        select from posts where posts.group_id = memberships.group_id and posts.posted_at >= greatest(
          following.digested_at, ${new Date(now.getTime() - DIGEST_LOOKS_BACK).toISOString()}::timestamptz))`)
  const due = rows.filter(({ digest, zone, digested_at }) => {
    const slot = dueSince(digest, zone, now)
    return slot !== undefined && (digested_at === null || new Date(digested_at) < slot)
  })
  await each(due, (member, { zone }) => house.db.transaction((tx) => tellDigest(house, tx, member, zone)))
}

async function tellDigest(house: House, tx: Transaction, member: Member, zone: string): Promise<void> {
  const now = house.now()
  const locked = await lockFollowing(tx, member)
  if (!locked) return
  const { row, since } = locked
  // Looked at again under its lock: another process may have been here.
  const slot = dueSince(row.digest, zone, now)
  if (!slot || (row.digestedAt && row.digestedAt >= slot)) return
  const told = row.digestedAt ?? periodBefore(slot, row.digest)
  const after = new Date(Math.max(told.getTime(), since.getTime(), now.getTime() - DIGEST_LOOKS_BACK))
  const news = await readNews(tx, member, row, 'digest', { after, until: slot })
  await tx.update(following).set({ digestedAt: slot }).where(eq(following.id, row.id))
  if (news.length === 0) return
  const to = await noteMailed(tx, member, news, now)
  if (to) await sendMail(house, tx, digestLetter(house, to.group, row, to, asSaid(row), news))
}

/** Members whom letters reach: of open groups, there, and real. */
const REACHABLE: SQL = sql`
  join groups on groups.id = memberships.group_id and groups.archived_at is null and groups.suspended_at is null
  join accounts on accounts.id = memberships.account_id and accounts.suspended_at is null and not accounts.sample
    and memberships.status = 'active'`

/** Nobody is told of a post twice, whichever letter comes first. */
async function noteMailed(
  tx: Transaction,
  { accountId, groupId }: Member,
  news: readonly News[],
  now: Date,
): Promise<{ name: string; email: string; group: typeof groups.$inferSelect } | undefined> {
  const postIds = news.map(({ postId }) => postId)
  await tx
    .insert(mailedPosts)
    .values(postIds.map((postId) => ({ accountId, postId, mailedAt: now })))
    .onConflictDoNothing()
  await tx
    .update(mentions)
    .set({ mailedAt: now })
    .where(
      sql`${eq(mentions.accountId, accountId)} and ${inArray(mentions.postId, postIds)} and ${mentions.mailedAt} is null`,
    )
  const [to] = await tx
    .select({ name: accounts.name, email: accounts.email, group: groups })
    .from(accounts)
    .innerJoin(groups, eq(groups.id, groupId))
    .where(eq(accounts.id, accountId))
  return to
}

/** One that fails stops nobody else's letter; the job is tried again for it. */
const each = <Row extends { account_id: string; group_id: string }>(
  rows: readonly Row[],
  tell: (member: Member, row: Row) => Promise<void>,
): Promise<void> => tryEach(rows, (row) => tell({ accountId: row.account_id, groupId: row.group_id }, row))
