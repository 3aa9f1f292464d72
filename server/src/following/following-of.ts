import { and, eq } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { following, memberships } from '#db/schema.ts'
import { DEFAULT_FOLLOWING, type Following } from '#shared/following.ts'

export type FollowingRow = typeof following.$inferSelect
type Whose = { accountId: string; groupId: string }

const ofAccount = ({ accountId, groupId }: Whose) =>
  and(eq(following.accountId, accountId), eq(following.groupId, groupId))

/** What somebody said that they hear of a group, or what holds for who has said nothing. */
export async function followingOf(
  reader: Reader,
  whose: Whose,
): Promise<Following & { digestedAt: Date | null }> {
  const [row] = await reader.select().from(following).where(ofAccount(whose))
  return row ? { ...asSaid(row), digestedAt: row.digestedAt } : { ...DEFAULT_FOLLOWING, digestedAt: null }
}

/** The row of a member, locked until the transaction ends: two processes that write to the same person take turns. */
export async function lockFollowing(
  tx: Transaction,
  whose: Whose,
): Promise<{ row: FollowingRow; since: Date } | undefined> {
  const [member] = await tx
    .select({ joinedAt: memberships.joinedAt })
    .from(memberships)
    .where(
      and(
        eq(memberships.accountId, whose.accountId),
        eq(memberships.groupId, whose.groupId),
        eq(memberships.status, 'active'),
      ),
    )
  if (!member) return undefined
  // What was said before they came is there to be read, not to be mailed.
  const joined = member.joinedAt ?? new Date(0)
  await tx
    .insert(following)
    .values({ ...whose, since: joined })
    .onConflictDoNothing()
  const [row] = await tx.select().from(following).where(ofAccount(whose)).for('update')
  return row && { row, since: row.since > joined ? row.since : joined }
}

export const asSaid = ({ level, mine, digest, most }: FollowingRow): Following => ({
  level,
  mine,
  digest,
  most: most === 10 || most === 20 ? most : 5,
})
