import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, posts } from '#db/schema.ts'
import { withoutQuestion } from '#shared/session-plan.ts'
import type { BlockDraft } from '#shared/sessions.ts'
import type { House } from '../house.ts'
import { changeRoom } from '../rooms/change-room.ts'

/**
 * Words of questions that were taken back or hidden go out of the plans that took them up.
 * @param which the posts; only first ones are questions
 * @returns the sessions whose plan is another one now: tell them once it is committed
 */
export async function takeOutOfPlans(tx: Transaction, which: SQL | undefined): Promise<string[]> {
  const asked = await tx
    .select({ id: posts.threadId, groupId: posts.groupId })
    .from(posts)
    .where(and(which, eq(posts.number, 1)))
  if (asked.length === 0) return []
  const found = await tx
    .select()
    .from(blocks)
    .where(
      and(
        inArray(blocks.groupId, [...new Set(asked.map(({ groupId }) => groupId))]),
        sql`${blocks.options} -> 'threads' ?| ${sql.param(asked.map(({ id }) => id))}::text[]`,
      ),
    )
    .orderBy(blocks.id)
    .for('update')
  for (const block of found)
    await tx.update(blocks).set(withoutQuestion(block)).where(eq(blocks.id, block.id))
  return [...new Set(found.map(({ sessionId }) => sessionId))]
}

/** Whoever has one of these plans open sees it as it is now. One room after the other. */
export async function tellPlans(house: House, sessionIds: readonly string[]): Promise<void> {
  for (const id of sessionIds)
    await changeRoom(house, id, (_, tell) => Promise.resolve(tell({ type: 'plan-changed' })))
}

/** The same for a plan that is about to be saved: a page may still hold words that were taken back meanwhile. */
export async function withoutTakenBack(
  tx: Transaction,
  groupId: string,
  plan: readonly BlockDraft[],
): Promise<BlockDraft[]> {
  const ids = [...new Set(plan.flatMap(({ options }) => options.threads ?? []))]
  if (ids.length === 0) return [...plan]
  // Nobody takes them back before this plan is saved.
  const asked = await tx
    .select({
      id: posts.threadId,
      gone: sql<boolean>`coalesce(${posts.withdrawnAt}, ${posts.hiddenAt}) is not null`,
    })
    .from(posts)
    .where(and(eq(posts.groupId, groupId), inArray(posts.threadId, ids), eq(posts.number, 1)))
    .orderBy(posts.id)
    .for('share')
  const gone = new Set(asked.filter((one) => one.gone).map(({ id }) => id))
  return plan.map((block) =>
    block.options.threads?.some((id) => gone.has(id)) ? { ...block, ...withoutQuestion(block) } : block,
  )
}
