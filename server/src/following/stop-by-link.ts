import { and, eq, isNull } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { accounts, following, groups, memberships, threadFollowing } from '#db/schema.ts'
import type { FollowingLink } from '#shared/following.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { FollowingRow } from './following-of.ts'

declare const proven: unique symbol

/** One person's right to stop the letters of one group. Only `requireFollowingLink` makes one. */
export type FollowingRight = {
  readonly row: FollowingRow
  readonly groupName: string
  readonly [proven]: 'following link'
}

/** Whoever left has a link that opens as little as one that somebody made up. */
export async function requireFollowingLink(house: House, request: FastifyRequest): Promise<FollowingRight> {
  const { token } = request.params as { token: string }
  const id = house.links.read('following', token)
  const [found] = id
    ? await house.db
        .select({ row: following, groupName: groups.name })
        .from(following)
        .innerJoin(groups, eq(groups.id, following.groupId))
        .innerJoin(accounts, and(eq(accounts.id, following.accountId), isNull(accounts.suspendedAt)))
        .innerJoin(
          memberships,
          and(
            eq(memberships.groupId, following.groupId),
            eq(memberships.accountId, following.accountId),
            eq(memberships.status, 'active'),
          ),
        )
        .where(eq(following.id, id))
    : []
  if (!found)
    throw new Refusal(
      'not-found',
      'This link opens nothing. Take the whole link from the mail, or sign in and choose what you hear on the page of the group.',
    )
  return found as FollowingRight
}

/** Looking stops nothing: mail programs and their scanners look, too. */
export const readFollowingLink = ({ row, groupName }: FollowingRight): FollowingLink => ({
  groupName,
  stopped: row.level === 'nothing' && row.mine === 'nothing',
})

/** Nothing is mailed about the threads of the group any more, whatever was said about single ones. */
export async function stopByLink(house: House, { row, groupName }: FollowingRight): Promise<FollowingLink> {
  await house.db.transaction(async (tx) => {
    await tx
      .update(following)
      .set({ level: 'nothing', mine: 'nothing', since: house.now() })
      .where(eq(following.id, row.id))
    await tx
      .delete(threadFollowing)
      .where(and(eq(threadFollowing.accountId, row.accountId), eq(threadFollowing.groupId, row.groupId)))
  })
  return { groupName, stopped: true }
}
