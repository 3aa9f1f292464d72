import { and, asc, count, countDistinct, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { attendances, commitments, groups, memberships, posts, sessions, threads } from '#db/schema.ts'
import type { Farewell } from '#shared/endings.ts'
import type { MyGroup } from '#shared/groups.ts'
import type { Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { SignedIn } from '../sign-in/guards.ts'

const MOST_SHOWN = 200

/** Counts only, so nobody stands out. */
export async function readFarewell({ db }: House, { group }: Member): Promise<Farewell> {
  const held = and(eq(sessions.groupId, group.id), eq(sessions.status, 'wrapped-up'))
  const [meetings] = await db.select({ count: count() }).from(sessions).where(held)
  const [there] = await db
    .select({ count: countDistinct(attendances.accountId) })
    .from(attendances)
    .innerJoin(sessions, eq(sessions.id, attendances.sessionId))
    .where(held)
  const [promised] = await db
    .select({
      count: count(),
      kept: sql<number>`(count(*) filter (where ${commitments.status} = 'done'))::int`,
    })
    .from(commitments)
    .where(eq(commitments.groupId, group.id))
  const [said] = await db
    .select({ count: count(), episodes: countDistinct(threads.episodeId) })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .where(
      and(
        eq(posts.groupId, group.id),
        // What the group no longer keeps was written all the same; what its writer took back was not.
        or(isNull(posts.withdrawnAt), eq(posts.withdrawnAt, posts.forgottenAt)),
      ),
    )
  return {
    since: group.createdAt.toISOString(),
    endedAt: group.archivedAt?.toISOString() ?? null,
    thanks: group.thanks,
    sessionsHeld: meetings?.count ?? 0,
    peopleThere: there?.count ?? 0,
    commitmentsMade: promised?.count ?? 0,
    commitmentsKept: promised?.kept ?? 0,
    episodesDiscussed: said?.episodes ?? 0,
    postsWritten: said?.count ?? 0,
  }
}

export function listEndedGroups({ db }: House, { account }: SignedIn): Promise<MyGroup[]> {
  const { id, slug, name, kind } = groups
  return db
    .select({ id, slug, name, kind, role: memberships.role })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(
      and(
        eq(memberships.accountId, account.id),
        eq(memberships.status, 'active'),
        isNotNull(groups.archivedAt),
      ),
    )
    .orderBy(asc(groups.name))
    .limit(MOST_SHOWN)
}
