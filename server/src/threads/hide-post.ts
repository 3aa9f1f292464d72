import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { accounts, groups, posts, threads } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { pathOfPost } from '#shared/thread-links.ts'
import type { Hidden } from '#shared/threads.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { appealLine } from '../mail/appeal.ts'
import { sendMail } from '../mail/send-mail.ts'
import { noteGone } from '../marks/note-gone.ts'
import { indexPosts } from '../passages/index-posts.ts'
import { changeRoom } from '../rooms/change-room.ts'
import { findPost, tellAbout } from './changes.ts'
import type { ThreadReader } from './guards.ts'
import { takeOutOfPlans, tellPlans } from './take-out-of-plans.ts'

type Hiding = {
  by: { id: string; name: string }
  as: Exclude<Hidden, null>
  reason: string
}

/** A facilitator takes the words of somebody else out of sight. Doing it again changes nothing. */
export async function hidePost(
  house: House,
  reader: ThreadReader,
  postId: string,
  reason: string,
): Promise<void> {
  const { member, roomId } = reader
  const { account } = member
  if (!mayFacilitate(member))
    throw new Refusal('not-allowed', 'A facilitator or an organizer can hide a post. You can report it.')
  const { post } = await house.db.transaction((tx) => findPost(tx, reader, postId))
  if (post.accountId === account.id)
    throw new Refusal('invalid', 'These are your own words. To take them back, withdraw them.')
  const as = member.role === 'organizer' ? 'organizer' : 'facilitator'
  await takeOutOfSight(house, roomId, post.id, { by: account, as, reason })
}

/**
 * Hides a post: nobody reads it but its writer, who hears the reason, and whoever may show it again.
 * @param also what is decided in the same transaction
 */
export async function takeOutOfSight(
  house: House,
  roomId: string,
  postId: string,
  { by, as, reason }: Hiding,
  also: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const plans = await changeRoom(house, roomId, async (tx, tell) => {
    await also(tx)
    const found = await findWritten(tx, postId)
    if (!found || found.post.withdrawnAt)
      throw new Refusal('conflict', 'These words were withdrawn, so there is nothing left to hide.')
    const { post, thread, group, writer } = found
    if (post.hiddenAt) return []

    await tx
      .update(posts)
      .set({ hiddenAt: house.now(), hiddenBy: by.id, hiddenAs: as, hideReason: reason.trim() })
      .where(eq(posts.id, post.id))
    await noteGone(tx, eq(posts.id, post.id))
    await indexPosts(tx, eq(posts.id, post.id))
    tell({ type: 'post-hidden', threadId: post.threadId, postId: post.id, hidden: as })
    tellAbout(tell, thread, post)
    const changed = await takeOutOfPlans(tx, eq(posts.id, post.id))
    if (!writer) return changed
    await keepAudit(house, tx, {
      action: 'post-hidden',
      groupId: group.id,
      actorId: by.id,
      subjectId: writer.id,
      detail: { postId: post.id, as },
    })
    await sendMail(house, tx, {
      to: writer.email,
      subject: `A post of yours in ${group.name} was hidden`,
      paragraphs: [
        `Hello ${writer.name},`,
        `${as === 'operator' ? 'The operator of this instance' : `${by.name}, ${as === 'organizer' ? 'an organizer' : 'a facilitator'} of ${group.name},`} took a post of yours out of sight. They wrote:`,
        reason.trim(),
        'You still find your words in their place, with this reason. The others see that something was hidden, not what.',
        ...(as === 'operator'
          ? []
          : ['If you see it differently, talk to them: what was hidden can be shown again.']),
        await appealLine(house, tx),
      ],
      action: {
        label: 'Open the thread',
        url: `${house.config.origin}${pathOfPost(group.slug, thread, post.id)}`,
      },
      footer: `You get this mail because you wrote in ${group.name}.`,
    })
    return changed
  })
  await tellPlans(house, plans)
}

async function findWritten(tx: Transaction, postId: string) {
  const [found] = await tx
    .select({ post: posts, thread: threads, group: groups, writer: accounts })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(groups, eq(groups.id, posts.groupId))
    .leftJoin(accounts, eq(accounts.id, posts.accountId))
    .where(eq(posts.id, postId))
  return found
}
