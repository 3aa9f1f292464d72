import { eq } from 'drizzle-orm'
import { templates } from '#db/schema.ts'
import { bodyOf } from '#shared/template-blocks.ts'
import { differenceToSource } from '#shared/template-difference.ts'
import type { TemplateBody, Upstream } from '#shared/templates.ts'
import { Refusal } from '#shared/refusals.ts'
import { mayFacilitate, requireMemberOf, type Member } from '../groups/guards.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import { isOurs, readLink } from './ask-shared.ts'
import { markOf } from './body-words.ts'
import type { TemplateKeeper, TemplateRow } from './guards.ts'
import { readBody } from './save-version.ts'
import { findShared } from './share-template.ts'
import { showSource } from './show-source.ts'

/** The source as it is known to be now, and what its version is called. */
export type Theirs = { body: TemplateBody; version: string }

/** Whether something in the source waits to be decided on. */
export async function isNewer(house: House, member: Member, template: TemplateRow): Promise<boolean> {
  if (!template.base) return false
  const theirs = await findTheirs(house, member, template)
  if (typeof theirs === 'string') return false
  const ours = await readBody(house.db, template.id, template.version)
  return differenceToSource(template.base, theirs.body, ours).changes.length > 0
}

export async function readUpstream(
  house: House,
  { member, template: { id } }: TemplateKeeper,
): Promise<Upstream> {
  const [template] = await house.db.select().from(templates).where(eq(templates.id, id))
  const source = template && showSource(house, template)
  if (!template?.base || !source)
    throw new Refusal('not-found', 'This template was made here, so there is nothing upstream of it.')
  const theirs = await findTheirs(house, member, template)
  const about = { source, basedOn: template.version, checkedAt: template.checkedAt?.toISOString() ?? null }
  if (typeof theirs === 'string') return { ...about, changes: [], ours: 0, version: null, problem: theirs }
  const ours = await readBody(house.db, template.id, template.version)
  return {
    ...about,
    ...differenceToSource(template.base, theirs.body, ours),
    version: markOf(theirs.body),
    problem: template.problem,
  }
}

/** What the source says now; a sentence when it can't be read. Of a link elsewhere, what was seen there last. */
export async function findTheirs(
  house: House,
  member: Member,
  { sourceKind, sourceAddress, upstream, upstreamVersion, problem }: TemplateRow,
): Promise<Theirs | string> {
  const address = sourceAddress ?? ''
  switch (sourceKind) {
    case 'guide': {
      const template = findTemplate(address)
      return template
        ? { body: bodyOf(template), version: '' }
        : 'It is not in the organizer guide any more. Yours stays as it is.'
    }
    case 'link': {
      const link = readLink(address)
      if (!isOurs(house, link))
        return upstream
          ? { body: upstream, version: upstreamVersion ?? '' }
          : (problem ?? 'It was not looked at yet.')
      const shared = await findShared(house, link.token)
      return shared
        ? { body: shared.template, version: String(shared.number) }
        : 'The link was taken back. Yours stays as it is.'
    }
    case 'group':
      return readOtherGroup(house, member, address)
    default:
      return 'It came from a file, which has no later versions. Import the newer file as a template of its own.'
  }
}

/** What another group writes is read by whoever facilitates there, too. */
async function readOtherGroup(house: House, member: Member, templateId: string): Promise<Theirs | string> {
  const closed = 'Whoever runs both groups sees what changed in the other one.'
  const [other] = await house.db.select().from(templates).where(eq(templates.id, templateId))
  if (!other) return 'The other group is gone. Yours stays as it is.'
  const there = await requireMemberOf(house, member, other.groupId).catch(() => undefined)
  if (!there || !mayFacilitate(there)) return closed
  return { body: await readBody(house.db, other.id, other.version), version: String(other.version) }
}
