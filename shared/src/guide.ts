import Type, { type Static } from 'typebox'
import { BLOCK_KINDS, SKILLS, type SkillId } from './words.ts'

export const BlockKind = Type.Enum([...BLOCK_KINDS])
export type BlockKind = (typeof BLOCK_KINDS)[number]

const Skill = Type.Enum(Object.keys(SKILLS) as SkillId[])
const Id = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 60 })
const GroupKind = Type.Enum(['internal', 'meetup'])
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
    minutesEach: Type.Optional(Type.Number({ minimum: 0.5, maximum: 60 })),
    /** Pairs (2), trios (3) or fours. */
    groupsOf: Type.Optional(Type.Integer({ minimum: 2, maximum: 6 })),
    /** Roles in each pair or trio, in order. */
    roles: Type.Optional(Type.Array(Line, { maxItems: 6 })),
    /** Dots for each person. */
    votes: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** The part of the episode that this block is about, in seconds. */
    part: Type.Optional(
      Type.Object({ start: Type.Number({ minimum: 0 }), end: Type.Optional(Type.Number({ minimum: 0 })) }),
    ),
  },
  { additionalProperties: false },
)
export type BlockOptions = Static<typeof BlockOptions>

/** One timed part of a session. */
export const TemplateBlock = Type.Object(
  {
    kind: BlockKind,
    title: Line,
    minutes: Type.Integer({ minimum: 1, maximum: LONGEST_BLOCK }),
    /** What everybody reads on the stage. */
    prompt: Type.String({ minLength: 1, maxLength: LONGEST_PROMPT }),
    /** What only the facilitator reads: what to say, what to watch for, what to do when it stalls. */
    notes: Words,
    options: Type.Optional(BlockOptions),
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
    rhythm: Type.Enum(['weekly', 'fortnightly', 'monthly']),
    /** After the last step it goes on with that step, as long as the group likes. */
    openEnded: Type.Boolean(),
    sessions: Type.Array(
      Type.Object({ template: Id, focus: Type.Optional(Words) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 60 },
    ),
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
