import type { posts } from '#db/schema.ts'
import { mayShow } from '#shared/discussion.ts'
import { Refusal } from '#shared/refusals.ts'
import type { HiddenPost } from '#shared/threads.ts'
import { mayFacilitate } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { renderMarkdown } from '../markdown.ts'
import { findPost } from './changes.ts'
import type { ThreadReader } from './guards.ts'

type PostRow = typeof posts.$inferSelect

/** Its writer reads it, and whoever could show it again. To the others it is no different from one that was never hidden. */
export async function readHiddenPost(
  house: House,
  reader: ThreadReader,
  postId: string,
): Promise<HiddenPost> {
  const { post } = await house.db.transaction((tx) => findPost(tx, reader, postId))
  if (post.accountId !== reader.member.account.id) requireMayShow(reader, post)
  if (!post.hiddenAt || post.withdrawnAt) throw new Refusal('not-found')
  return {
    body: post.body,
    html: renderMarkdown(post.body),
    reason: post.hideReason ?? '',
    hiddenAt: post.hiddenAt.toISOString(),
  }
}

/** @throws Refusal unless the rule of shared/src/discussion.ts lets this person show it again. */
export function requireMayShow({ member }: ThreadReader, { accountId, hiddenAs }: PostRow): void {
  const reader = {
    id: member.account.id,
    facilitates: mayFacilitate(member),
    organizes: member.role === 'organizer',
    blocked: [],
  }
  if (mayShow({ by: accountId === null ? null : { id: accountId, name: '' }, hidden: hiddenAs }, reader))
    return
  throw new Refusal(
    'not-allowed',
    hiddenAs === 'operator'
      ? 'The operator of this instance hid this, and only they can show it again.'
      : hiddenAs === 'organizer'
        ? 'An organizer hid this. Another organizer can show it again, not whoever wrote it.'
        : 'A facilitator hid this. Another facilitator or an organizer can show it again, not whoever wrote it.',
  )
}
