import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { alias, type AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader } from '#db/connect.ts'
import { answers, commitments, groups, memberships, posts } from '#db/schema.ts'

export type NamedGroup = { id: string; slug: string; name: string }
export type SortedGroups = {
  /** Others are in them, and I am the only organizer. */
  handOver: NamedGroup[]
  /** Nobody but me wrote anything in them. */
  deleted: NamedGroup[]
  /** Only I am left in them; others wrote there once. */
  closed: NamedGroup[]
}

/** What becomes of the groups that I am in, when my account goes. */
export async function sortMyGroups(reader: Reader, accountId: string): Promise<SortedGroups> {
  const other = alias(memberships, 'other')
  const counted = (which: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${which}))::int`
  const mine = await reader
    .select({
      id: groups.id,
      slug: groups.slug,
      name: groups.name,
      role: memberships.role,
      inside: counted(sql`${other.status} = 'active'`),
      organizing: counted(sql`${other.status} = 'active' and ${other.role} = 'organizer'`),
    })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .leftJoin(other, and(eq(other.groupId, groups.id), ne(other.accountId, accountId)))
    .where(and(eq(memberships.accountId, accountId), eq(memberships.status, 'active')))
    .groupBy(groups.id, memberships.id)
    .orderBy(asc(groups.name), asc(groups.id))
  const alone = mine.filter(({ inside }) => inside === 0).map(({ id }) => id)
  const written = await writtenByOthers(reader, accountId, alone)
  const named = (which: (one: (typeof mine)[number]) => boolean): NamedGroup[] =>
    mine.filter(which).map(({ id, slug, name }) => ({ id, slug, name }))
  return {
    handOver: named(({ role, inside, organizing }) => role === 'organizer' && inside > 0 && organizing === 0),
    deleted: named(({ id, inside }) => inside === 0 && !written.has(id)),
    closed: named(({ id, inside }) => inside === 0 && written.has(id)),
  }
}

/** Those of the groups in which there is something of people who left: it stays theirs. */
async function writtenByOthers(reader: Reader, accountId: string, groupIds: string[]): Promise<Set<string>> {
  // An answer without a name is somebody's, too; a post without one was taken back.
  const ofOthers = (by: AnyPgColumn) =>
    by === answers.accountId ? sql`${by} is distinct from ${accountId}::uuid` : ne(by, accountId)
  const found = []
  for (const table of [commitments, answers, posts])
    found.push(
      ...(await reader
        .selectDistinct({ groupId: table.groupId })
        .from(table)
        .where(and(inArray(table.groupId, groupIds), ofOthers(table.accountId)))),
    )
  return new Set(found.flatMap(({ groupId }) => groupId ?? []))
}
