import { and, asc, eq, exists, gt, isNull, lte, or, sql } from 'drizzle-orm'
import { accounts, groups, memberships, mentions, posts, threadFollowing } from '#db/schema.ts'
import { levelOf, LONGEST_WAIT } from '#shared/following.ts'
import { pathOfPost } from '#shared/thread-links.ts'
import type { Transaction } from '#db/connect.ts'
import { followingOf } from '../following/following-of.ts'
import type { House } from '../house.ts'
import { sendMail } from '../mail/send-mail.ts'
import { aboutWhat, readWaiting } from './list-my-mentions.ts'

/** By then the letters about threads (server/src/following) have told what they tell. */
const AFTER = LONGEST_WAIT + 15 * 60_000
/** What had to wait longer, while the group rested or was suspended, comes in no letter. */
const UNTIL = AFTER + 24 * 60 * 60_000
const MOST_AT_ONCE = 200

/**
 * Tells by mail of mentions that no letter told: put into a post by a change, or among answers that wait for the reader's
 * own. Such a mail has no words of the post. Each is told once, unless it was seen, nothing is wanted, or it is older than a
 * day or than the membership.
 */
export function repeatMentionMails(house: House): void {
  house.jobs.repeat('mail-mentions', '*/15 * * * *', () => mailMentions(house))
}

async function mailMentions(house: House): Promise<void> {
  const now = house.now().getTime()
  const due = and(
    isNull(mentions.seenAt),
    isNull(mentions.mailedAt),
    lte(mentions.mentionedAt, new Date(now - AFTER)),
    gt(mentions.mentionedAt, new Date(now - UNTIL)),
    isNull(groups.archivedAt),
    isNull(groups.suspendedAt),
    exists(
      house.db
        .select({ one: sql`1` })
        .from(memberships)
        .where(
          and(
            eq(memberships.groupId, mentions.groupId),
            eq(memberships.accountId, mentions.accountId),
            or(isNull(memberships.joinedAt), lte(memberships.joinedAt, mentions.mentionedAt)),
          ),
        ),
    ),
  )
  const found = await readWaiting(house.db, due).orderBy(asc(mentions.mentionedAt)).limit(MOST_AT_ONCE)
  for (const mention of found) await house.db.transaction((tx) => tell(house, tx, mention))
}

type Waiting = Awaited<ReturnType<typeof readWaiting>>[number]

async function tell(
  house: House,
  tx: Transaction,
  { accountId, postId, thread, group, by }: Waiting,
): Promise<void> {
  const [first] = await tx
    .update(mentions)
    .set({ mailedAt: house.now() })
    .where(
      and(
        eq(mentions.accountId, accountId),
        eq(mentions.postId, postId),
        isNull(mentions.mailedAt),
        isNull(mentions.seenAt),
      ),
    )
    .returning({ postId: mentions.postId })
  const [to] = await tx
    .select({ name: accounts.name, email: accounts.email, sample: accounts.sample })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  if (!first || !to || to.sample || (await wantsNothing(tx, accountId, group.id, thread.id))) return
  const about = aboutWhat(thread)
  await sendMail(house, tx, {
    to: to.email,
    subject: `${by.name} mentioned you in ${group.name}`,
    paragraphs: [
      `Hello ${to.name},`,
      `${by.name} mentioned you in ${about ? `a thread about “${about}”` : 'a thread'} of ${group.name}.`,
    ],
    action: {
      label: 'Open the post',
      url: `${house.config.origin}${pathOfPost(group.slug, thread, postId)}`,
    },
    footer: `You get this because a member of ${group.name} meant you. Choose what you hear: ${house.config.origin}/groups/${group.slug}/following`,
  })
}

async function wantsNothing(
  tx: Transaction,
  accountId: string,
  groupId: string,
  threadId: string,
): Promise<boolean> {
  const said = await followingOf(tx, { accountId, groupId })
  const [own] = await tx
    .select({ level: threadFollowing.level })
    .from(threadFollowing)
    .where(and(eq(threadFollowing.accountId, accountId), eq(threadFollowing.threadId, threadId)))
  const [wrote] = await tx
    .select({ one: sql`1` })
    .from(posts)
    .where(and(eq(posts.threadId, threadId), eq(posts.accountId, accountId), isNull(posts.withdrawnAt)))
    .limit(1)
  return levelOf(said, own?.level ?? null, wrote !== undefined) === 'nothing'
}
