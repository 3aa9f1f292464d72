import { and, eq } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import { templates, templateVersions } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { TemplateBody } from '#shared/templates.ts'

type Found = { body: TemplateBody; version: number; archivedAt: Date | null }

/** The newest version of a template of the group, for whatever is made of it now. @throws Refusal when it is not offered. */
export async function requireOffered(db: Reader, groupId: string, id: string): Promise<Found> {
  const found = await findGroupTemplate(db, groupId, id)
  if (found?.archivedAt === null) return found
  throw new Refusal(
    'invalid',
    'That template is not offered in this group any more. Choose one from the list.',
    'groupTemplateId',
  )
}

/** The same, also of one that was archived meanwhile: a series that was made of it goes on. */
export async function findGroupTemplate(db: Reader, groupId: string, id: string): Promise<Found | undefined> {
  const [found] = await db
    .select({
      body: templateVersions.body,
      version: templates.version,
      archivedAt: templates.archivedAt,
    })
    .from(templates)
    .innerJoin(
      templateVersions,
      and(eq(templateVersions.templateId, templates.id), eq(templateVersions.number, templates.version)),
    )
    .where(and(eq(templates.groupId, groupId), eq(templates.id, id)))
  return found
}
