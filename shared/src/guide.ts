import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_QUESTION, MOST_QUESTIONS, ROUND_KINDS } from './feedback.ts'
import { BLOCK_KINDS, SKILLS, type SkillId } from './words.ts'

export const BlockKind = Type.Enum([...BLOCK_KINDS])
export type BlockKind = (typeof BLOCK_KINDS)[number]

const Skill = Type.Enum(Object.keys(SKILLS) as SkillId[])
const Id = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 })
const GroupKind = Type.Enum(['internal', 'meetup'])
const Rhythm = Type.Enum(['weekly', 'fortnightly', 'monthly'])
const Line = Type.String({ minLength: 1, maxLength: 200 })
const Words = Type.String({ minLength: 1, maxLength: 4_000 })

export const LONGEST_BLOCK = 240
export const LONGEST_PROMPT = 2_000

/** What a kind of block can be told beyond its words. */
export const BlockOptions = Type.Object(
  {
    /** Everybody gets a turn, one after the other. */
    goRound: Type.Optional(Type.Boolean()),
    /** Minutes for each person, pair or trio. */
    minutesEach: Type.Optional(Type.Number({ minimum: 0.25, maximum: 60 })),
    /** Pairs (2), trios (3) or fours. */
    groupsOf: Type.Optional(Type.Integer({ minimum: 2, maximum: 6 })),
    /** Roles in each pair or trio, in order. */
    roles: Type.Optional(Type.Array(Line, { maxItems: 6 })),
    /** Dots for each person. */
    votes: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** At most one dot on a topic. */
    oneDotEach: Type.Optional(Type.Boolean()),
    /** One question instead of topics: how sure are you, 1 to 5. For votes. */
    confidence: Type.Optional(Type.Boolean()),
    /** Topics are taken one by one, with `minutesEach` for each. For discussions. */
    byTopic: Type.Optional(Type.Boolean()),
    /** The part of the episode that this block is about, in seconds. */
    part: Type.Optional(
      Type.Object({ start: Type.Number({ minimum: 0 }), end: Type.Optional(Type.Number({ minimum: 0 })) }),
    ),
    /** How a close is written: one word each, or what was good and what to change. */
    closing: Type.Optional(Type.Enum(['one-word', 'plus-delta'])),
    /** What is written stays with its writer; there is no reveal. For kinds in which people write. */
    stayHidden: Type.Optional(Type.Boolean()),
    /** Nobody learns who wrote what, or who wrote at all, also after the reveal. For kinds in which people write. */
    anonymous: Type.Optional(Type.Boolean()),
    /** Everybody puts revealed answers together, not only whoever runs the session. For kinds in which people write. */
    groupTogether: Type.Optional(Type.Boolean()),
    /** What was promised at earlier sessions stands on the screens, and its owner says what became of it. For check-ins. */
    lastTime: Type.Optional(Type.Boolean()),
    /** Those who are together stay so from the block before in which people were put together. */
    keepPods: Type.Optional(Type.Boolean()),
    /** Everybody takes the next role, against that block. */
    changeRoles: Type.Optional(Type.Boolean()),
    /** What somebody in a role does, and what they watch for. */
    tasks: Type.Optional(
      Type.Array(
        Type.Object(
          { role: Line, does: Line, checklist: Type.Optional(Type.Array(Line, { maxItems: 10 })) },
          { additionalProperties: false },
        ),
        { maxItems: 6 },
      ),
    ),
    /** A feedback round: pairs that change, and words that reach one person. For pairs. */
    feedback: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type BlockOptions = Static<typeof BlockOptions>

export const LONGEST_CARD = 2_000

/** With what only the holder of a role and whoever runs the session may read. */
export const PlanOptions = Type.Object(
  {
    ...BlockOptions.properties,
    cards: Type.Optional(
      Type.Array(
        Type.Object(
          {
            role: Line,
            words: Type.String({ minLength: 1, maxLength: LONGEST_CARD }),
            /** Other roles that read it too, such as an observer. */
            alsoFor: Type.Optional(Type.Array(Line, { maxItems: 6 })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 6 },
      ),
    ),
    /** The threads whose questions are in the prompt: it goes with their words. */
    threads: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 100 })),
  },
  { additionalProperties: false },
)
export type PlanOptions = Static<typeof PlanOptions>

/** The options that everybody may read. */
export function openOptions({ cards: _, threads: __, ...options }: PlanOptions): BlockOptions {
  return options
}

/** One timed part of a session. */
export const TemplateBlock = Type.Object(
  {
    /** Names the block in every version of its template; without it, its title does. */
    key: Type.Optional(Id),
    kind: BlockKind,
    title: Line,
    minutes: Type.Integer({ minimum: 1, maximum: LONGEST_BLOCK }),
    /** What everybody reads on the stage. */
    prompt: Type.String({ minLength: 1, maxLength: LONGEST_PROMPT }),
    /** What only the facilitator reads: what to say, what to watch for, what to do when it stalls. */
    notes: Words,
    options: Type.Optional(PlanOptions),
  },
  { additionalProperties: false },
)
export type TemplateBlock = Static<typeof TemplateBlock>

/** A session of the organizer guide: data that anybody can run from the screen. */
export const SessionTemplate = Type.Object(
  {
    id: Id,
    title: Line,
    /** One or two sentences: what people leave with. */
    purpose: Words,
    /** For whom, and when in a group's life. */
    forWhom: Words,
    skills: Type.Array(Skill, { maxItems: 10 }),
    /** The sum of the blocks. */
    minutes: Type.Integer({ minimum: 5, maximum: 480 }),
    groupSize: Type.Object(
      {
        least: Type.Integer({ minimum: 2 }),
        best: Type.Integer({ minimum: 2 }),
        most: Type.Integer({ minimum: 2 }),
      },
      { additionalProperties: false },
    ),
    /** What the facilitator and everybody do beforehand. */
    preparation: Type.Object(
      { facilitator: Type.Array(Words), everybody: Type.Array(Words) },
      { additionalProperties: false },
    ),
    blocks: Type.Array(TemplateBlock, { minItems: 1, maxItems: 30 }),
    /** What happens after the session. */
    after: Type.Array(Words),
    /** Where the exercise comes from. */
    sources: Type.Array(Words),
  },
  { additionalProperties: false },
)
export type SessionTemplate = Static<typeof SessionTemplate>

/** A series of session templates. */
export const Programme = Type.Object(
  {
    id: Id,
    title: Line,
    purpose: Words,
    forWhom: Words,
    /** `internal`, `meetup` or both. */
    kinds: Type.Array(GroupKind, { minItems: 1 }),
    rhythm: Rhythm,
    /** After the last step it goes on with that step, as long as the group likes. */
    openEnded: Type.Boolean(),
    sessions: Type.Array(
      Type.Object(
        {
          template: Id,
          focus: Type.Optional(Words),
          /** The question set of a round of feedback that fits after this step. */
          round: Type.Optional(Id),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 60 },
    ),
    /** Where it stands in lists; those without come last, by title. */
    order: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
)
export type Programme = Static<typeof Programme>

/** What an organizer does from the idea to the second session. */
export const ChecklistItem = Type.Object(
  { id: Id, title: Line, why: Words, when: Line, kinds: Type.Array(GroupKind) },
  { additionalProperties: false },
)
export type ChecklistItem = Static<typeof ChecklistItem>

/** Minutes of all blocks together. */
export const minutesOf = (blocks: readonly { readonly minutes: number }[]): number =>
  blocks.reduce((sum, { minutes }) => sum + minutes, 0)

/** A template, as lists show it. */
export const TemplateSummary = Type.Pick(SessionTemplate, [
  'id',
  'title',
  'purpose',
  'skills',
  'minutes',
  'groupSize',
])
export type TemplateSummary = Static<typeof TemplateSummary>

/** A programme, as lists show it. */
export const ProgrammeSummary = Type.Object({
  id: Type.String(),
  title: Type.String(),
  purpose: Type.String(),
  forWhom: Type.String(),
  kinds: Type.Array(GroupKind),
  rhythm: Rhythm,
  openEnded: Type.Boolean(),
  /** How many sessions it has; an open-ended one goes on after them. */
  sessions: Type.Integer(),
})
export type ProgrammeSummary = Static<typeof ProgrammeSummary>

/** One step of a programme, with the template's own words. */
export const ProgrammeStep = Type.Object({
  template: Type.String(),
  title: Type.String(),
  purpose: Type.String(),
  minutes: Type.Integer(),
  focus: Type.Optional(Type.String()),
  /** A round of feedback that fits after it. */
  round: Type.Optional(
    Type.Object({ set: Type.String(), title: Type.String(), kind: Type.Enum([...ROUND_KINDS]) }),
  ),
})
export type ProgrammeStep = Static<typeof ProgrammeStep>

export const ProgrammeDetail = Type.Object({
  ...ProgrammeSummary.properties,
  sessions: Type.Array(ProgrammeStep),
})
export type ProgrammeDetail = Static<typeof ProgrammeDetail>

/** Which templates to show: all of what is given has to fit. */
export const TemplateFilter = Type.Object({
  /** Every word has to occur somewhere in the template. */
  words: Type.Optional(Type.String({ maxLength: 200 })),
  skill: Type.Optional(Skill),
  /** At most this long. */
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 480 })),
})
export type TemplateFilter = Static<typeof TemplateFilter>

export function fitsFilter(
  template: SessionTemplate,
  { words = '', skill, minutes = Infinity }: TemplateFilter,
): boolean {
  if (template.minutes > minutes) return false
  if (skill && !template.skills.includes(skill)) return false
  const { title, purpose, forWhom, skills, blocks } = template
  const text = [
    title,
    purpose,
    forWhom,
    ...skills.map((id) => SKILLS[id].name),
    ...blocks.flatMap((block) => [block.title, block.prompt]),
  ]
    .join('\n')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** Questions for a round of feedback, to begin from: the words may be changed. */
export const QuestionSet = Type.Object({
  id: Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 60 }),
  title: Type.String({ minLength: 1, maxLength: 120 }),
  purpose: Type.String({ minLength: 1, maxLength: 400 }),
  kinds: Type.Array(Type.Enum([...ROUND_KINDS]), { minItems: 1 }),
  /** How long an answer takes. */
  minutes: Type.Integer({ minimum: 1, maximum: 60 }),
  questions: Type.Array(
    Type.Object({
      kind: Type.Enum(['words', 'agreement']),
      text: Type.String({ minLength: 1, maxLength: LONGEST_QUESTION }),
      hint: Type.String({ maxLength: LONGEST_QUESTION }),
    }),
    { minItems: 1, maxItems: MOST_QUESTIONS },
  ),
})
export type QuestionSet = Static<typeof QuestionSet>

/** What somebody can see of each skill, said by the person who asks. */
export const Behaviours = Type.Unsafe<Partial<Record<SkillId, string[]>>>(
  Type.Record(Skill, Type.Array(Type.String({ minLength: 1, maxLength: LONGEST_QUESTION }), { minItems: 1 })),
)
export type Behaviours = Static<typeof Behaviours>

const ById = Type.Object({ id: Type.String({ maxLength: 60 }) })

export const guideCalls = define({
  listTemplates: {
    method: 'GET',
    path: '/api/guide/templates',
    query: TemplateFilter,
    response: Type.Array(TemplateSummary),
    summary: 'The session templates of the organizer guide',
  },
  getTemplate: {
    method: 'GET',
    path: '/api/guide/templates/:id',
    params: ById,
    response: SessionTemplate,
    summary: 'A session template with its blocks',
  },
  listProgrammes: {
    method: 'GET',
    path: '/api/guide/programmes',
    response: Type.Array(ProgrammeSummary),
    summary: 'The programmes of the organizer guide',
  },
  getProgramme: {
    method: 'GET',
    path: '/api/guide/programmes/:id',
    params: ById,
    response: ProgrammeDetail,
    summary: 'A programme with its sessions',
  },
  listQuestions: {
    method: 'GET',
    path: '/api/guide/questions',
    response: Type.Object({ sets: Type.Array(QuestionSet), behaviours: Behaviours }),
    summary: 'Questions for rounds of feedback, and what can be seen of each skill',
  },
  launchChecklist: {
    method: 'GET',
    path: '/api/guide/checklist',
    response: Type.Array(ChecklistItem),
    summary: 'What an organizer does from the idea to the second session',
  },
})
