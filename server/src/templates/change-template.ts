import { eq } from 'drizzle-orm'
import { templates } from '#db/schema.ts'
import type { GroupTemplate, TemplateBody } from '#shared/templates.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import type { House } from '../house.ts'
import type { TemplateKeeper } from './guards.ts'
import { readTemplate } from './read-templates.ts'
import { saveVersion } from './save-version.ts'

export async function changeTemplate(
  house: House,
  keeper: TemplateKeeper,
  { basedOn, body }: { basedOn: number; body: TemplateBody },
): Promise<GroupTemplate> {
  const { member, template } = keeper
  requireOpenGroup(member.group)
  await house.db.transaction((tx) => saveVersion(house, tx, member, template.id, basedOn, body))
  return readTemplate(house, keeper)
}

/** Sessions and series that were made of it keep their plans. */
export async function archiveTemplate(
  house: House,
  keeper: TemplateKeeper,
  archived: boolean,
): Promise<GroupTemplate> {
  const { member, template } = keeper
  requireOpenGroup(member.group)
  if (archived !== (template.archivedAt !== null))
    await house.db
      .update(templates)
      .set({ archivedAt: archived ? house.now() : null })
      .where(eq(templates.id, template.id))
  return readTemplate(house, keeper)
}
