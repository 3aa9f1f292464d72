import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { templates } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate, requireMember, type Facilitator, type Member } from '../groups/guards.ts'
import type { House } from '../house.ts'

declare const proven: unique symbol

export type TemplateRow = typeof templates.$inferSelect

/** A member's right to read the template of the path (`/api/groups/:slug/templates/:templateId/…`). */
export type TemplateReader = {
  readonly member: Member
  readonly template: TemplateRow
  readonly [proven]: 'template'
}
/** The right to change, share and archive it, and to read its notes. */
export type TemplateKeeper = TemplateReader & { readonly member: Facilitator }

/** A template of another group is as unknown as one that never was. */
export async function requireTemplate(house: House, request: FastifyRequest): Promise<TemplateReader> {
  const member = await requireMember(house, request)
  const { templateId } = request.params as { templateId: string }
  const [template] = await house.db
    .select()
    .from(templates)
    .where(and(eq(templates.groupId, member.group.id), eq(templates.id, templateId)))
  if (!template) throw new Refusal('not-found')
  return { member, template } as TemplateReader
}

export async function requireTemplateKeeper(house: House, request: FastifyRequest): Promise<TemplateKeeper> {
  const reader = await requireTemplate(house, request)
  if (!mayFacilitate(reader.member)) throw new Refusal('not-allowed')
  return reader as TemplateKeeper
}
