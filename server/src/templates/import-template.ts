import { eq } from 'drizzle-orm'
import { groups, templates } from '#db/schema.ts'
import { minutesOf } from '#shared/guide.ts'
import { Refusal } from '#shared/refusals.ts'
import { bodyOf } from '#shared/template-blocks.ts'
import type { GroupTemplate, ImportFrom, ImportPreview, TemplateBody } from '#shared/templates.ts'
import { mayFacilitate, requireMemberOf, type Facilitator } from '../groups/guards.ts'
import { requireOpenGroup } from '../groups/open-group.ts'
import { checkUntrustedTemplate } from '../guide/check-untrusted.ts'
import { findTemplate } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import { askShared, isOurs, readLink } from './ask-shared.ts'
import { markOf } from './body-words.ts'
import type { TemplateReader, TemplateRow } from './guards.ts'
import { readTemplate } from './read-templates.ts'
import { makeTemplate, readBody } from './save-version.ts'

type Source = {
  kind: ImportFrom['kind']
  address: string
  title: string
  version: string
  author: string
  licence: string
}
type Read = Pick<ImportPreview, 'problems' | 'advice'> & {
  body: TemplateBody | null
  source: Source
  etag: string | null
}

/** What is in a file, under a link, in the guide or in another group of mine; nothing is kept. */
export async function previewImport(
  house: House,
  member: Facilitator,
  from: ImportFrom,
): Promise<ImportPreview> {
  requireOpenGroup(member.group)
  const { body, source, problems, advice } = await readFrom(house, member, from)
  return {
    body,
    minutes: minutesOf(body?.blocks ?? []),
    mark: body ? markOf(body) : '',
    source: body ? { ...source, address: source.kind === 'group' ? null : source.address } : null,
    ...{ problems, advice },
  }
}

/** Saves what was looked at as a template of the group, with where it comes from. */
export async function importTemplate(
  house: House,
  member: Facilitator,
  { id, mark, from }: { id: string; mark: string; from: ImportFrom },
): Promise<GroupTemplate> {
  requireOpenGroup(member.group)
  const [known] = await house.db.select().from(templates).where(eq(templates.id, id))
  if (known && known.groupId !== member.group.id) throw new Refusal('conflict')
  if (!known) {
    const { body, source, etag, problems } = await readFrom(house, member, from)
    if (!body) throw new Refusal('invalid', problems[0]?.message ?? 'There is no template in it.', 'text')
    if (markOf(body) !== mark)
      throw new Refusal(
        'conflict',
        'It was changed since you looked at it. Look at it once more, then save it.',
        'mark',
      )
    const away = source.kind === 'link' && !isOurs(house, readLink(source.address))
    await house.db.transaction((tx) =>
      makeTemplate(house, tx, member, id, body, {
        sourceKind: source.kind,
        sourceAddress: source.address,
        sourceTitle: source.title,
        sourceVersion: source.version,
        sourceAuthor: source.author,
        sourceLicence: source.licence,
        base: body,
        ...(away ? { upstream: body, upstreamVersion: source.version, etag } : {}),
      }),
    )
  }
  const [template] = await house.db.select().from(templates).where(eq(templates.id, id))
  return readTemplate(house, { member, template } as TemplateReader)
}

async function readFrom(house: House, member: Facilitator, from: ImportFrom): Promise<Read> {
  const fine = { problems: [], advice: [], etag: null }
  switch (from.kind) {
    case 'file': {
      const { value, problems, advice } = checkUntrustedTemplate(from.text ?? '')
      const body = value ? bodyOf(value) : null
      const source = sourceOf(from, { title: body?.title ?? '' })
      return { ...fine, problems: [...problems], advice: [...advice], body, source }
    }
    case 'guide': {
      const template = findTemplate(from.address)
      if (!template)
        throw new Refusal(
          'invalid',
          'There is no such template in the guide. Choose one from its list.',
          'address',
        )
      return { ...fine, body: bodyOf(template), source: sourceOf(from, { title: template.title }) }
    }
    case 'group': {
      const { template, body } = await readOther(house, member, from)
      const source = sourceOf(from, {
        title: body.title,
        version: String(template.version),
        author: template.sourceAuthor ?? '',
        licence: template.sourceLicence ?? '',
      })
      return { ...fine, body, source }
    }
    case 'link': {
      const link = readLink(from.address)
      const { shared, etag } = await askShared(house, link)
      if (!shared) throw new Error('an unasked version')
      const { template: body, number, author, licence } = shared
      const source = sourceOf(
        { ...from, address: link.address },
        { title: body.title, version: String(number), author, licence },
      )
      return { ...fine, etag, body, source }
    }
  }
}

const sourceOf = ({ kind, address }: ImportFrom, more: Partial<Source>): Source => ({
  ...{ kind, address, title: '', version: '', author: '', licence: '' },
  ...more,
})

/** Whoever facilitates in both may copy from one to the other: notes and role cards go along. */
async function readOther(
  house: House,
  member: Facilitator,
  { address, slug = '' }: ImportFrom,
): Promise<{ template: TemplateRow; body: TemplateBody }> {
  const unknown = new Refusal(
    'invalid',
    'You run no group with such a template. Choose another one.',
    'address',
  )
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(address)
  const [other] = await house.db.select().from(groups).where(eq(groups.slug, slug))
  if (!other || !isId) throw unknown
  const there = await requireMemberOf(house, member, other.id).catch(() => undefined)
  const [template] = await house.db.select().from(templates).where(eq(templates.id, address))
  if (!there || !mayFacilitate(there) || template?.groupId !== other.id) throw unknown
  return { template, body: await readBody(house.db, template.id, template.version) }
}
