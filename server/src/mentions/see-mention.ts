import { and, eq, isNull } from 'drizzle-orm'
import { mentions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

/** Looked at, or put away. Where somebody else was mentioned is nothing that I could have seen. */
export async function seeMention({ db, now }: House, { account }: SignedIn, postId: string): Promise<object> {
  const mine = and(eq(mentions.postId, postId), eq(mentions.accountId, account.id))
  const seen = await db
    .update(mentions)
    .set({ seenAt: now() })
    .where(and(mine, isNull(mentions.seenAt)))
    .returning({ postId: mentions.postId })
  if (seen.length > 0) return {}
  const [known] = await db.select({ postId: mentions.postId }).from(mentions).where(mine)
  if (!known) throw new Refusal('not-found')
  return {}
}
