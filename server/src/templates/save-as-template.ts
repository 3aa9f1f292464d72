import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, sessions, templates } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import { Refusal } from '#shared/refusals.ts'
import { blocksOfPlan, bodyOf } from '#shared/template-blocks.ts'
import type { GroupTemplate, templateCalls, TemplateBody } from '#shared/templates.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { mayFacilitate, type Member } from '../groups/guards.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import type { Chair, SessionRow } from '../sessions/guards.ts'
import type { TemplateReader } from './guards.ts'
import { readTemplate } from './read-templates.ts'
import { makeTemplate, readBody, saveVersion } from './save-version.ts'

type Draft = Input<typeof templateCalls.saveAsTemplate>['body']

/** The plan of a session becomes a template of the group, or the next version of one. The session remembers it. */
export async function saveAsTemplate(
  house: House,
  { member, session }: Chair,
  { templateId, basedOn, ...words }: Draft,
): Promise<GroupTemplate> {
  if (!mayFacilitate(member)) throw new Refusal('not-allowed')
  requireOpenGroup(member.group)
  if (session.overDays)
    throw new Refusal(
      'conflict',
      'Over days a plan has days, not minutes, so it is no template. Save one from a session that met live.',
    )
  await house.db.transaction(async (tx) => {
    const plan = await tx
      .select()
      .from(blocks)
      .where(eq(blocks.sessionId, session.id))
      .orderBy(asc(blocks.position), asc(blocks.id))
    if (plan.length === 0)
      throw new Refusal('conflict', 'This session has no plan yet. Add its blocks first, then save it.')
    const kept = blocksOfPlan(
      plan.map(({ templateKey, ...block }) => ({ ...block, key: templateKey ?? undefined })),
    )
    const before = basedOn === null ? undefined : await bodyBefore(tx, member, templateId)
    const body: TemplateBody = { ...(before ?? beginningOf(session)), ...words, blocks: kept }
    if (basedOn === null) await makeTemplate(house, tx, member, templateId, body, sourceOf(session))
    else await saveVersion(house, tx, member, templateId, basedOn, body)
    await remember(tx, session, templateId)
    for (const [index, { id }] of plan.entries())
      await tx
        .update(blocks)
        .set({ templateKey: kept[index]?.key ?? null })
        .where(eq(blocks.id, id))
  })
  const [template] = await house.db.select().from(templates).where(eq(templates.id, templateId))
  return readTemplate(house, { member, template } as TemplateReader)
}

async function bodyBefore(tx: Transaction, { group }: Member, templateId: string): Promise<TemplateBody> {
  const [template] = await tx.select().from(templates).where(eq(templates.id, templateId))
  if (template?.groupId !== group.id)
    throw new Refusal('invalid', 'This group has no such template. Save the plan as a new one.', 'templateId')
  return readBody(tx, templateId, template.version)
}

/** What a plan does not say, from the template of the guide that it was made from. */
function beginningOf({
  templateId,
}: SessionRow): Omit<TemplateBody, 'title' | 'purpose' | 'forWhom' | 'blocks'> {
  const template = templateId === null ? undefined : findTemplate(templateId)
  const { skills, groupSize, preparation, after, sources } = template ?? {
    ...{ skills: [], after: [], sources: [] },
    groupSize: { least: 3, best: 6, most: 12 },
    preparation: { facilitator: [], everybody: [] },
  }
  return { skills, groupSize, preparation, after, sources }
}

/** A plan that came from the guide is a fork of it, as the guide is now. */
function sourceOf({ templateId }: SessionRow) {
  const template = templateId === null ? undefined : findTemplate(templateId)
  if (!template) return {}
  const base = bodyOf(template)
  return {
    ...{ sourceKind: 'guide' as const, sourceAddress: template.id, sourceTitle: template.title, base },
    sourceVersion: '',
  }
}

/** A session that was made of another template of the group stays with that one. */
async function remember(tx: Transaction, session: SessionRow, templateId: string): Promise<void> {
  if (session.groupTemplateId !== null && session.groupTemplateId !== templateId) return
  const [template] = await tx.select().from(templates).where(eq(templates.id, templateId))
  await tx
    .update(sessions)
    .set({ groupTemplateId: templateId, templateVersion: template?.version ?? 1 })
    .where(eq(sessions.id, session.id))
}
