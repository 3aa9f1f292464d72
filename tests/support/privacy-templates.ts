import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { templates } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { templateCalls, TemplateBody } from '#shared/templates.ts'
import { canary } from './canary.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { anybody, facilitators, members, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

export type TemplatesWorld = {
  /** Of the circle, shared under a link; made from a link elsewhere. */
  templateId: string
  token: string
  /** Version 1, of which more is left than the link shows. */
  body: TemplateBody
}

const bodyOf = (what: string): TemplateBody => ({
  title: canary(`${what} title`),
  purpose: canary(`${what} purpose`),
  forWhom: 'All',
  skills: [],
  groupSize: { least: 2, best: 4, most: 8 },
  preparation: { facilitator: [canary(`${what} prepared`)], everybody: [] },
  blocks: [
    {
      ...{ key: 'one', kind: 'pairs', title: 'One', minutes: 10, prompt: canary(`${what} prompt`) },
      notes: canary(`${what} notes`),
      options: { roles: ['Kim'], cards: [{ role: 'Kim', words: canary(`${what} card`) }] },
    },
  ],
  after: [],
  sources: [],
})

/** Two versions: the first is under a link without notes and cards, the second is for the circle alone. */
export async function keepTemplates(
  { house }: TestHouse,
  { facilitator }: Record<Who, TestPerson>,
  { slug, sessionId }: { slug: string; sessionId: string },
): Promise<TemplatesWorld> {
  const templateId = randomUUID()
  const params = { slug, templateId }
  const words = { title: 'Begun', purpose: 'Begun', forWhom: 'All' }
  await facilitator.api.saveAsTemplate({
    params: { sessionId },
    body: { templateId, basedOn: null, ...words },
  })
  const change = (basedOn: number, body: TemplateBody) =>
    facilitator.api.changeGroupTemplate({ params, body: { basedOn, body } })
  const body = bodyOf('shared template')
  await change(1, body)
  const credit = { author: canary('template author'), licence: canary('template licence') }
  const shows = { withNotes: false, withCards: false, withGroupName: false }
  const { url } = await facilitator.api.shareTemplate({ params, body: { number: 2, ...shows, ...credit } })
  await change(2, bodyOf('kept template'))
  await house.db
    .update(templates)
    .set({
      ...{ sourceKind: 'link', sourceTitle: canary('source title'), sourceVersion: canary('source version') },
      sourceAddress: `https://elsewhere.example.org/templates/${canary('source address').padEnd(46, 'x').slice(0, 46)}`,
      ...{ sourceAuthor: canary('source author'), sourceLicence: canary('source licence') },
      ...{ base: bodyOf('base template'), upstream: bodyOf('upstream template') },
      ...{
        upstreamVersion: canary('upstream version'),
        etag: canary('template etag'),
        problem: canary('template problem'),
      },
      checkedAt: house.now(),
    })
    .where(eq(templates.id, templateId))
  return { templateId, token: url.split('/').at(-1) ?? '', body }
}

const inGroup = ({ slug }: World) => ({ params: { slug } })
const ofTemplate = ({ slug, templates: { templateId } }: World) => ({ params: { slug, templateId } })
const ofLink = ({ templates: { token } }: World) => ({ params: { token } })
const fromGuide = { kind: 'guide' as const, address: 'kickoff' }

type Calls = typeof templateCalls
export const TEMPLATE_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  listGroupTemplates: { says: members, ask: inGroup },
  getGroupTemplate: { says: members, ask: (world) => ({ ...ofTemplate(world), query: {} }) },
  changeGroupTemplate: {
    says: facilitators,
    ask: (world) => ({
      ...ofTemplate(world),
      body: { basedOn: 3, body: { ...world.templates.body, title: 'Another' } },
    }),
  },
  archiveGroupTemplate: {
    says: facilitators,
    ask: (world) => ({ ...ofTemplate(world), body: { archived: true } }),
  },
  saveAsTemplate: {
    says: facilitators,
    ask: (world) => ({
      params: { sessionId: world.nextId },
      body: { templateId: randomUUID(), basedOn: null, title: 'Kept', purpose: 'P', forWhom: 'F' },
    }),
  },
  readBlockTimes: {
    says: facilitators,
    ask: (world) => ({ ...inGroup(world), query: { groupTemplateId: world.templates.templateId } }),
  },
  writeTemplateFile: { says: facilitators, ask: ofTemplate },
  shareTemplate: {
    says: facilitators,
    ask: (world) => ({
      ...ofTemplate(world),
      body: {
        ...{ number: 2, withNotes: false, withCards: false, withGroupName: false },
        ...{ author: '', licence: '' },
      },
    }),
  },
  revokeTemplateLink: { says: facilitators, ask: ofTemplate },
  readSharedTemplate: { says: anybody, ask: ofLink },
  writeSharedFile: { says: anybody, ask: ofLink },
  previewImport: { says: facilitators, ask: (world) => ({ ...inGroup(world), body: fromGuide }) },
  importTemplate: {
    // The mark is of what somebody looked at.
    says: { ...facilitators, facilitator: 'conflict', organizer: 'conflict' },
    ask: (world) => ({ ...inGroup(world), body: { id: randomUUID(), mark: 'another', from: fromGuide } }),
  },
  readUpstream: { says: facilitators, ask: ofTemplate },
  // Looked at a moment ago, so its server is not asked.
  lookUpstream: { says: facilitators, ask: ofTemplate },
  settleUpstream: {
    says: facilitators,
    ask: (world) => ({
      ...ofTemplate(world),
      body: { version: 'another', basedOn: 3, take: [], leave: [] },
    }),
  },
}
