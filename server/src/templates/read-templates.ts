import { and, desc, eq, isNull } from 'drizzle-orm'
import { accounts, templates, templateShares, templateVersions } from '#db/schema.ts'
import { minutesOf } from '#shared/guide.ts'
import { withoutSecrets } from '#shared/template-blocks.ts'
import type { GroupTemplate, GroupTemplateSummary } from '#shared/templates.ts'
import { mayFacilitate, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { TemplateReader } from './guards.ts'
import { isNewer } from './read-upstream.ts'
import { readBody } from './save-version.ts'
import { showShare } from './share-template.ts'
import { showSource } from './show-source.ts'

/** Those that are offered, by title, then those that were archived. */
export async function listTemplates(house: House, member: Member): Promise<GroupTemplateSummary[]> {
  const found = await house.db
    .select({
      template: templates,
      body: templateVersions.body,
      savedAt: templateVersions.savedAt,
      shareId: templateShares.id,
    })
    .from(templates)
    .innerJoin(
      templateVersions,
      and(eq(templateVersions.templateId, templates.id), eq(templateVersions.number, templates.version)),
    )
    .leftJoin(
      templateShares,
      and(eq(templateShares.templateId, templates.id), isNull(templateShares.revokedAt)),
    )
    .where(eq(templates.groupId, member.group.id))
  const listed = await Promise.all(
    found.map(async ({ template, body, savedAt, shareId }) => ({
      id: template.id,
      title: body.title,
      purpose: body.purpose,
      minutes: minutesOf(body.blocks),
      blocks: body.blocks.length,
      version: template.version,
      savedAt: savedAt.toISOString(),
      archivedAt: template.archivedAt?.toISOString() ?? null,
      source: showSource(house, template),
      newer: mayFacilitate(member) && (await isNewer(house, member, template)),
      shared: shareId !== null,
    })),
  )
  return listed.sort(
    (a, b) =>
      Number(a.archivedAt !== null) - Number(b.archivedAt !== null) || a.title.localeCompare(b.title, 'en'),
  )
}

/** A version of it; members read the prompts, facilitators the notes and role cards, too. */
export async function readTemplate(
  house: House,
  { member, template: { id } }: TemplateReader,
  version?: number,
): Promise<GroupTemplate> {
  const [template] = await house.db.select().from(templates).where(eq(templates.id, id))
  if (!template) throw new Error('the template is gone')
  const number = version ?? template.version
  const runs = mayFacilitate(member)
  const whole = await readBody(house.db, id, number)
  const versions = await house.db
    .select({
      number: templateVersions.number,
      savedBy: accounts.name,
      savedAt: templateVersions.savedAt,
    })
    .from(templateVersions)
    .leftJoin(accounts, eq(accounts.id, templateVersions.savedBy))
    .where(eq(templateVersions.templateId, id))
    .orderBy(desc(templateVersions.number))
  return {
    id,
    number,
    version: template.version,
    body: runs ? whole : withoutSecrets(whole),
    minutes: minutesOf(whole.blocks),
    versions: versions.map((one) => ({ ...one, savedAt: one.savedAt.toISOString() })),
    archivedAt: template.archivedAt?.toISOString() ?? null,
    source: showSource(house, template),
    newer: runs && (await isNewer(house, member, template)),
    share: runs ? await showShare(house, id) : null,
    runs,
  }
}
