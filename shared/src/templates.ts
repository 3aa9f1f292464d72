import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_PROMPT, PlanOptions, SessionTemplate, TemplateBlock } from './guide.ts'
import { LONGEST_NOTES, LONGEST_TITLE, MOST_BLOCKS } from './sessions.ts'

/** Templates of a group: plans that it keeps, shares, imports and forks. The rules are in docs/templates.md. */

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
/** Text that a database can hold, and not blank. */
const Words = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' })
const Text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' })

export const LONGEST_PURPOSE = 4_000
/** The author's line and the licence of what is shared. */
export const LONGEST_CREDIT = 200
/** Characters of a file that is imported. */
export const LARGEST_FILE = 262_144
const LONGEST_ADDRESS = 2_000

/** A block of a template of a group; a plan may leave its words empty, which the guide does not. */
export const GroupTemplateBlock = Type.Object({
  key: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 }),
  kind: TemplateBlock.properties.kind,
  title: Words(LONGEST_TITLE),
  minutes: TemplateBlock.properties.minutes,
  prompt: Text(LONGEST_PROMPT),
  /** Facilitators only; nobody else is sent it. */
  notes: Text(LONGEST_NOTES),
  options: PlanOptions,
})
export type GroupTemplateBlock = Static<typeof GroupTemplateBlock>

const { skills, groupSize, preparation, after, sources } = SessionTemplate.properties

/** What a template says. */
export const TemplateBody = Type.Object({
  title: Words(LONGEST_TITLE),
  purpose: Words(LONGEST_PURPOSE),
  forWhom: Words(LONGEST_PURPOSE),
  skills,
  groupSize,
  preparation,
  blocks: Type.Array(GroupTemplateBlock, { minItems: 1, maxItems: MOST_BLOCKS }),
  after,
  sources,
})
export type TemplateBody = Static<typeof TemplateBody>

export const SOURCE_KINDS = ['guide', 'link', 'group', 'file'] as const

/** Where a fork comes from. */
export const TemplateSource = Type.Object({
  kind: Type.Enum([...SOURCE_KINDS]),
  title: Type.String(),
  /** Where it can be looked at; none for a file and for another group, whose name is not told. */
  address: Nullable(Type.String()),
  /** Names the words that it was taken from, or last compared with. */
  version: Type.String(),
  author: Type.String(),
  licence: Type.String(),
  takenAt: Instant,
})
export type TemplateSource = Static<typeof TemplateSource>

const Saved = Type.Object({
  number: Type.Integer(),
  /** Nobody, when the account is gone. */
  savedBy: Nullable(Type.String()),
  savedAt: Instant,
})

/** A template of a group, as lists show it. */
export const GroupTemplateSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  purpose: Type.String(),
  minutes: Type.Integer(),
  blocks: Type.Integer(),
  version: Type.Integer(),
  savedAt: Instant,
  archivedAt: Nullable(Instant),
  /** The kind and title of its source, when it is a fork. */
  source: Nullable(Type.Pick(TemplateSource, ['kind', 'title'])),
  /** There is a newer version of its source. Only facilitators are told. */
  newer: Type.Boolean(),
  /** Under a public link now. */
  shared: Type.Boolean(),
})
export type GroupTemplateSummary = Static<typeof GroupTemplateSummary>

/** What the public link of a template shows. */
export const TemplateShare = Type.Object({
  url: Type.String(),
  number: Type.Integer(),
  withNotes: Type.Boolean(),
  withCards: Type.Boolean(),
  withGroupName: Type.Boolean(),
  author: Type.String(),
  licence: Type.String(),
  sharedAt: Instant,
})
export type TemplateShare = Static<typeof TemplateShare>

export const GroupTemplate = Type.Object({
  id: Type.String(),
  /** The version that is shown, and the newest. */
  number: Type.Integer(),
  version: Type.Integer(),
  body: TemplateBody,
  minutes: Type.Integer(),
  versions: Type.Array(Saved),
  archivedAt: Nullable(Instant),
  source: Nullable(TemplateSource),
  newer: Type.Boolean(),
  /** Facilitators only. */
  share: Nullable(TemplateShare),
  /** Whether I may change it. */
  runs: Type.Boolean(),
})
export type GroupTemplate = Static<typeof GroupTemplate>

/** How long a block took at sessions of the group. */
export const BlockTimes = Type.Object({
  key: Type.String(),
  title: Type.String(),
  minutes: Type.Integer(),
  /** The median of the last ones, in whole minutes, at least one; nothing when it never took place. */
  took: Nullable(Type.Integer()),
  /** How many sessions it is about, at most five. */
  sessions: Type.Integer(),
})
export type BlockTimes = Static<typeof BlockTimes>

/** A template as everybody reads it who has its link, here or at another instance. */
export const SharedTemplate = Type.Object({
  format: Type.Literal('shortside-template'),
  url: Type.String(),
  number: Type.Integer(),
  template: TemplateBody,
  withNotes: Type.Boolean(),
  withCards: Type.Boolean(),
  group: Nullable(Type.String()),
  author: Type.String(),
  licence: Type.String(),
  changedAt: Instant,
})
export type SharedTemplate = Static<typeof SharedTemplate>

/** Where something is imported from. */
export const ImportFrom = Type.Object({
  kind: Type.Enum([...SOURCE_KINDS]),
  /** The id in the guide, the address of a link, or the name of the file. */
  address: Text(LONGEST_ADDRESS),
  /** Of another group of mine: its address, `slug` of `/groups/slug`. `address` is the id of the template then. */
  slug: Type.Optional(Type.String({ maxLength: 200 })),
  /** Of a file: what is in it. */
  text: Type.Optional(Type.String({ maxLength: LARGEST_FILE })),
})
export type ImportFrom = Static<typeof ImportFrom>

const FileProblem = Type.Object({ line: Type.Integer(), message: Type.String() })

/** What an import would save. */
export const ImportPreview = Type.Object({
  body: Nullable(TemplateBody),
  minutes: Type.Integer(),
  /** Names what was read, so that nothing else is saved than what somebody looked at. */
  mark: Type.String(),
  source: Nullable(Type.Omit(TemplateSource, ['takenAt'])),
  problems: Type.Array(FileProblem),
  advice: Type.Array(FileProblem),
})
export type ImportPreview = Static<typeof ImportPreview>

/** A part of a template in three states: as it was taken, as it is there now, as it is here. */
export const TemplateChange = Type.Object({
  /** `block:KEY`, `words:FIELD` or `order`. */
  id: Type.String(),
  name: Type.String(),
  /** `theirs`: only they changed it; `both`: each did, differently. What only we changed is no question. */
  state: Type.Enum(['theirs', 'both']),
  /** In words, part by part; a part that nobody changed is left out. */
  parts: Type.Array(
    Type.Object({
      label: Type.String(),
      base: Nullable(Type.String()),
      theirs: Nullable(Type.String()),
      ours: Nullable(Type.String()),
    }),
  ),
  /** Whether the whole block is new there, gone there, or gone here. */
  whole: Nullable(Type.Enum(['new', 'gone', 'gone-here'])),
})
export type TemplateChange = Static<typeof TemplateChange>

export const Upstream = Type.Object({
  source: TemplateSource,
  /** What can be decided on now. */
  changes: Type.Array(TemplateChange),
  /** How many parts only we changed; they stay. */
  ours: Type.Integer(),
  /** The version of the source that this is about; nothing when it can't be read. */
  version: Nullable(Type.String()),
  /** The version of ours that it was compared with. */
  basedOn: Type.Integer(),
  /** When it was looked at; nothing for what is always at hand. */
  checkedAt: Nullable(Instant),
  problem: Nullable(Type.String()),
})
export type Upstream = Static<typeof Upstream>

const OfGroup = Type.Object({ slug: Type.String() })
const OfTemplate = Type.Object({ slug: Type.String(), templateId: Id })
const ByToken = Type.Object({ token: Type.String({ maxLength: 300 }) })
const Done = Type.Object({})

export const templateCalls = define({
  listGroupTemplates: {
    method: 'GET',
    path: '/api/groups/:slug/templates',
    params: OfGroup,
    response: Type.Array(GroupTemplateSummary),
    summary: 'The templates of a group, those that were archived last',
  },
  getGroupTemplate: {
    method: 'GET',
    path: '/api/groups/:slug/templates/:templateId',
    params: OfTemplate,
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1 })) }),
    response: GroupTemplate,
    summary: 'A template of a group, in its newest version or an older one',
  },
  changeGroupTemplate: {
    method: 'PUT',
    path: '/api/groups/:slug/templates/:templateId',
    params: OfTemplate,
    body: Type.Object({ basedOn: Type.Integer({ minimum: 1 }), body: TemplateBody }),
    response: GroupTemplate,
    summary: 'Save the next version of a template',
  },
  archiveGroupTemplate: {
    method: 'PUT',
    path: '/api/groups/:slug/templates/:templateId/archived',
    params: OfTemplate,
    body: Type.Object({ archived: Type.Boolean() }),
    response: GroupTemplate,
    summary: 'Offer a template no more, or again; sessions made of it stay as they are',
  },
  saveAsTemplate: {
    method: 'POST',
    path: '/api/sessions/:sessionId/template',
    params: Type.Object({ sessionId: Id }),
    body: Type.Object({
      /** A new id, or a template whose next version this plan becomes. */
      templateId: Id,
      /** The version of it that was seen; nothing when it is new. */
      basedOn: Nullable(Type.Integer({ minimum: 1 })),
      title: Words(LONGEST_TITLE),
      purpose: Words(LONGEST_PURPOSE),
      forWhom: Words(LONGEST_PURPOSE),
    }),
    response: GroupTemplate,
    summary: 'Save the plan of a session as a template of the group, or as the next version of one',
  },
  readBlockTimes: {
    method: 'GET',
    path: '/api/groups/:slug/block-times',
    params: OfGroup,
    query: Type.Object({
      templateId: Type.Optional(Type.String({ maxLength: 60 })),
      groupTemplateId: Type.Optional(Id),
    }),
    response: Type.Array(BlockTimes),
    summary: 'How long the blocks of a template took at the sessions of the group',
  },
  writeTemplateFile: {
    method: 'GET',
    path: '/api/groups/:slug/templates/:templateId/file',
    params: OfTemplate,
    response: Type.String(),
    type: 'application/yaml; charset=utf-8',
    summary: 'A template of the group as a file of the organizer guide, with notes and role cards',
  },
  shareTemplate: {
    method: 'PUT',
    path: '/api/groups/:slug/templates/:templateId/link',
    params: OfTemplate,
    body: Type.Object({
      number: Type.Integer({ minimum: 1 }),
      withNotes: Type.Boolean(),
      withCards: Type.Boolean(),
      withGroupName: Type.Boolean(),
      author: Text(LONGEST_CREDIT),
      licence: Text(LONGEST_CREDIT),
    }),
    response: TemplateShare,
    summary: 'Share a version under a public link, or change what the link shows',
  },
  revokeTemplateLink: {
    method: 'DELETE',
    path: '/api/groups/:slug/templates/:templateId/link',
    params: OfTemplate,
    response: Done,
    summary: 'Take the public link back; it opens nothing from then on',
  },
  readSharedTemplate: {
    method: 'GET',
    path: '/api/shared-templates/:token',
    params: ByToken,
    response: SharedTemplate,
    summary: 'A template under its public link',
  },
  writeSharedFile: {
    method: 'GET',
    path: '/api/shared-templates/:token/file',
    params: ByToken,
    response: Type.String(),
    type: 'application/yaml; charset=utf-8',
    summary: 'What a public link shows, as a file of the organizer guide',
  },
  previewImport: {
    method: 'POST',
    path: '/api/groups/:slug/template-imports/preview',
    params: OfGroup,
    body: ImportFrom,
    response: ImportPreview,
    summary: 'Read a file, a link, a template of the guide or of another group, and say what is in it',
  },
  importTemplate: {
    method: 'POST',
    path: '/api/groups/:slug/template-imports',
    params: OfGroup,
    body: Type.Object({ id: Id, mark: Type.String({ maxLength: 100 }), from: ImportFrom }),
    response: GroupTemplate,
    summary: 'Save it as a template of the group, which remembers where it comes from',
  },
  readUpstream: {
    method: 'GET',
    path: '/api/groups/:slug/templates/:templateId/upstream',
    params: OfTemplate,
    response: Upstream,
    summary: 'What changed in the source of a template since it was taken',
  },
  lookUpstream: {
    method: 'POST',
    path: '/api/groups/:slug/templates/:templateId/upstream/look',
    params: OfTemplate,
    response: Upstream,
    summary: 'Ask the source of a template whether there is a newer version',
  },
  settleUpstream: {
    method: 'POST',
    path: '/api/groups/:slug/templates/:templateId/upstream',
    params: OfTemplate,
    body: Type.Object({
      /** What was looked at: the version of the source, and ours. */
      version: Type.String({ maxLength: 100 }),
      basedOn: Type.Integer({ minimum: 1 }),
      /** Ids of changes that are taken over, and of those that are left. */
      take: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
      leave: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 }),
    }),
    response: Upstream,
    summary: 'Take changes of the source over, or leave them',
  },
})
