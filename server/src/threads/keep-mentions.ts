import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { memberships, mentions } from '#db/schema.ts'
import { mentionedIn, MOST_MENTIONS } from '#shared/mentions.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Member } from '../groups/guards.ts'

/**
 * Keeps whom a post mentions, who are told then. Whoever was mentioned in an earlier wording stays as they were.
 * @throws Refusal when these words mention somebody who could not read them
 */
export async function keepMentions(
  tx: Transaction,
  { account, group }: Member,
  { postId, before, words }: { postId: string; before: string; words: string },
  now: Date,
): Promise<void> {
  const ids = mentionedIn(words)
  if (ids.length > MOST_MENTIONS)
    throw new Refusal(
      'invalid',
      `A post mentions at most ${MOST_MENTIONS} people; this one mentions ${ids.length}. To reach everybody, ask a facilitator for an announcement.`,
      'body',
    )
  const known = new Set(mentionedIn(before))
  const fresh = ids.filter((id) => !known.has(id))
  if (fresh.length === 0) return
  const members = await tx
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.groupId, group.id),
        eq(memberships.status, 'active'),
        inArray(memberships.accountId, fresh),
      ),
    )
  if (members.length < fresh.length)
    throw new Refusal(
      'invalid',
      'Only members of the group can be mentioned, because nobody else reads this. Take that mention out, and send it again.',
      'body',
    )
  await tx
    .insert(mentions)
    .values(
      fresh.map((accountId) => ({
        groupId: group.id,
        postId,
        accountId,
        mentionedAt: now,
        // Nobody needs to be told what they wrote themselves.
        seenAt: accountId === account.id ? now : null,
      })),
    )
    .onConflictDoNothing()
}
