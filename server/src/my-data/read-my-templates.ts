import { and, asc, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { groups, templateShares, templateVersions } from '#db/schema.ts'
import { orNull } from './or-null.ts'

const title = sql<string>`${templateVersions.body} ->> 'title'`

/** Plans that I kept as templates of a group, and links that I made to them. */
export async function readMyTemplates(tx: Transaction, accountId: string) {
  const saved = await tx
    .select({ group: groups.name, title, version: templateVersions.number, at: templateVersions.savedAt })
    .from(templateVersions)
    .innerJoin(groups, eq(groups.id, templateVersions.groupId))
    .where(eq(templateVersions.savedBy, accountId))
    .orderBy(asc(templateVersions.savedAt), asc(templateVersions.number))
  const shared = await tx
    .select({ group: groups.name, title, row: templateShares })
    .from(templateShares)
    .innerJoin(groups, eq(groups.id, templateShares.groupId))
    .innerJoin(
      templateVersions,
      and(
        eq(templateVersions.templateId, templateShares.templateId),
        eq(templateVersions.number, templateShares.number),
      ),
    )
    .where(eq(templateShares.sharedBy, accountId))
    .orderBy(asc(templateShares.sharedAt))
  return {
    templatesSaved: saved.map(({ at, ...one }) => ({ ...one, savedAt: at.toISOString() })),
    templatesShared: shared.map(({ group, title: name, row }) => ({
      ...{ group, title: name, author: row.author, licence: row.licence },
      sharedAt: row.sharedAt.toISOString(),
      takenBackAt: orNull(row.revokedAt),
    })),
  }
}
