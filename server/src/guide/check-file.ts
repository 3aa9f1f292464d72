import Type, { type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import {
  Behaviours,
  BlockKind,
  ChecklistItem,
  minutesOf,
  Programme,
  QuestionSet,
  SessionTemplate,
} from '#shared/guide.ts'
import { hasWriting } from '#shared/live/rules.ts'
import { checkShape } from './check-shape.ts'
import { didYouMean } from './nearest.ts'
import { readYaml, type FileProblem, type Yaml } from './read-yaml.ts'

/** What a file was read as. `value` is there when its shape is right; `advice` spoils nothing. */
export type Checked<T> = { value: T | undefined; problems: FileProblem[]; advice: FileProblem[] }
type Rule = (yaml: Yaml) => FileProblem[]

const Checklist = Type.Array(ChecklistItem, { minItems: 1 })

/** @param fileName  when the id has to be the name of the file, as in the guide's own folders. */
export const checkTemplate = (text: string, fileName?: string): Checked<SessionTemplate> =>
  check(
    SessionTemplate,
    text,
    [
      minutesAddUp,
      sizesAscend,
      hidesWriting,
      looksBackInCheckIns,
      keysDiffer,
      wordsAreWords,
      named(fileName),
    ],
    [endsWithClose],
  )

/**
 * @param templates  the ids that a step may name
 * @param sets  the question sets that a step may name; without them it is not looked at
 */
export const checkProgramme = (
  text: string,
  templates: readonly string[],
  fileName?: string,
  sets?: readonly string[],
): Checked<Programme> =>
  check(Programme, text, [stepsExist(templates), ...(sets ? [roundsExist(sets)] : []), named(fileName)])

export const checkChecklist = (text: string): Checked<ChecklistItem[]> =>
  check(Checklist, text, [itemsDiffer])

const QuestionSets = Type.Array(QuestionSet, { minItems: 1 })

export const checkQuestionSets = (text: string): Checked<QuestionSet[]> =>
  check(QuestionSets, text, [itemsDiffer])

export const checkBehaviours = (text: string): Checked<Behaviours> => check(Behaviours, text, [])

function check<S extends TSchema>(
  schema: S,
  text: string,
  rules: Rule[],
  advice: Rule[] = [],
): Checked<Static<S>> {
  const yaml = readYaml(text)
  if (yaml.data === undefined || yaml.data === null) {
    const empty = { line: 1, message: 'The file is empty. Copy one of the guide and change it.' }
    return { value: undefined, problems: yaml.problems.length > 0 ? yaml.problems : [empty], advice: [] }
  }
  const { value, problems } = checkShape(schema, yaml)
  const apply = (some: Rule[]) => some.flatMap((rule) => rule(yaml))
  return {
    value,
    problems: [...yaml.problems, ...problems, ...apply(rules)].sort((a, b) => a.line - b.line),
    advice: apply(advice),
  }
}

/** A rule looks as soon as the parts that it needs are there, whatever else is wrong in the file. */
const rule =
  <S extends TSchema>(
    needs: S,
    look: (value: Static<S>, line: Yaml['lineOf']) => (FileProblem | undefined | false)[],
  ): Rule =>
  ({ data, lineOf }) =>
    Value.Check(needs, data)
      ? look(data, lineOf).filter((found) => found !== undefined && found !== false)
      : []

const Minutes = Type.Object({ minutes: Type.Number() })

const minutesAddUp = rule(
  Type.Object({ minutes: Type.Number(), blocks: Type.Array(Minutes) }),
  ({ minutes, blocks }, line) => {
    const sum = minutesOf(blocks)
    const message = `The blocks add up to ${sum} minutes, but “minutes” says ${minutes}. Write ${sum} here, or change the blocks.`
    return [sum !== minutes && { line: line(['minutes']), message }]
  },
)

const sizesAscend = rule(
  Type.Object({
    groupSize: Type.Object({ least: Type.Number(), best: Type.Number(), most: Type.Number() }),
  }),
  ({ groupSize: { least, best, most } }, line) => [
    best < least && {
      line: line(['groupSize', 'best']),
      message: `The best group size (${best}) is below the least (${least}). Make it ${least} or more.`,
    },
    most < best && {
      line: line(['groupSize', 'most']),
      message: `The most people (${most}) are fewer than the best group size (${best}). Make it ${best} or more.`,
    },
  ],
)

const flag = Type.Optional(Type.Boolean())
const Told = Type.Object({
  kind: BlockKind,
  options: Type.Optional(
    Type.Object({
      ...{ stayHidden: flag, anonymous: flag, groupTogether: flag, lastTime: flag, goRound: flag },
      closing: Type.Optional(Type.Enum(['one-word', 'plus-delta'])),
      groupsOf: Type.Optional(Type.Number()),
    }),
  ),
})

const OF_WRITING = ['stayHidden', 'anonymous', 'groupTogether'] as const
const hidesWriting = rule(Type.Object({ blocks: Type.Array(Told) }), ({ blocks }, line) =>
  blocks.flatMap(({ kind, options }, index) =>
    OF_WRITING.map(
      (name) =>
        options?.[name] === true &&
        !hasWriting({ kind, options }) && {
          line: line(['blocks', index, 'options', name]),
          message:
            kind === 'close'
              ? `In this block everybody speaks in turn and nobody writes, so “${name}” says nothing there. Take it out, or take “goRound” out.`
              : `Nobody writes in a block of the kind “${kind}”, so “${name}” says nothing there. Take it out, or make it a block of the kind “write”.`,
        },
    ),
  ),
)

const looksBackInCheckIns = rule(Type.Object({ blocks: Type.Array(Told) }), ({ blocks }, line) =>
  blocks.map(
    ({ kind, options }, index) =>
      options?.lastTime === true &&
      kind !== 'check-in' && {
        line: line(['blocks', index, 'options', 'lastTime']),
        message: `Only a check-in looks back at what was promised. Take “lastTime” out, or make it a block of the kind “check-in”.`,
      },
  ),
)

const keysDiffer = rule(
  Type.Object({ blocks: Type.Array(Type.Object({ key: Type.Optional(Type.String()) })) }),
  ({ blocks }, line) =>
    blocks.map(
      ({ key }, index) =>
        key !== undefined &&
        blocks.findIndex((block) => block.key === key) !== index && {
          line: line(['blocks', index, 'key']),
          message: `The key “${key}” is used twice. Choose another one, or take it out.`,
        },
    ),
)

/** Words are shown as they are: marks of HTML would stand on the stage, and some characters nowhere. */
const wordsAreWords: Rule = ({ data, lineOf }) =>
  wordsIn(data).flatMap(({ path, words }) => {
    const tag = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|<!--/i.exec(words)?.[0]
    const line = lineOf(path)
    return [
      ...(tag
        ? [
            {
              line,
              message: `There is HTML in these words (${shorten(tag)}). Take it out; words are shown as they are.`,
            },
          ]
        : []),
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      ...(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(words)
        ? [{ line, message: 'There is a character in these words that can’t be shown. Write the line anew.' }]
        : []),
    ]
  })

type Path = (string | number)[]
function wordsIn(data: unknown, path: Path = []): { path: Path; words: string }[] {
  if (typeof data === 'string') return [{ path, words: data }]
  if (data === null || typeof data !== 'object') return []
  const inside: [string | number, unknown][] = Array.isArray(data)
    ? [...data.entries()]
    : Object.entries(data)
  return inside.flatMap(([step, value]) => wordsIn(value, [...path, step]))
}

const shorten = (words: string) => (words.length > 40 ? `${words.slice(0, 40)}…` : words)

const endsWithClose = rule(
  Type.Object({ blocks: Type.Array(Type.Object({ kind: Type.String() }), { minItems: 1 }) }),
  ({ blocks }, line) => [
    blocks.at(-1)?.kind !== 'close' && {
      line: line(['blocks', blocks.length - 1]),
      message: 'A session feels finished when its last block is of the kind “close”.',
    },
  ],
)

const stepsExist = (templates: readonly string[]): Rule =>
  rule(
    Type.Object({ sessions: Type.Array(Type.Object({ template: Type.String() })) }),
    ({ sessions }, line) =>
      sessions.map(
        ({ template }, step) =>
          !templates.includes(template) && {
            line: line(['sessions', step, 'template']),
            message: `There is no session template “${template}” in the guide.${didYouMean(template, templates)} Name one of: ${templates.join(', ')}.`,
          },
      ),
  )

const roundsExist = (sets: readonly string[]): Rule =>
  rule(
    Type.Object({ sessions: Type.Array(Type.Object({ round: Type.Optional(Type.String()) })) }),
    ({ sessions }, line) =>
      sessions.map(
        ({ round }, step) =>
          round !== undefined &&
          !sets.includes(round) && {
            line: line(['sessions', step, 'round']),
            message: `There is no question set “${round}” in the guide.${didYouMean(round, sets)} Name one of: ${sets.join(', ')}.`,
          },
      ),
  )

const named = (fileName: string | undefined): Rule =>
  rule(Type.Object({ id: Type.String() }), ({ id }, line) => [
    fileName !== undefined &&
      fileName !== `${id}.yaml` && {
        line: line(['id']),
        message: `The id “${id}” and the name of the file differ. Name the file ${id}.yaml, or write ${fileName.replace(/\.ya?ml$/, '')} here.`,
      },
  ])

const itemsDiffer = rule(Type.Array(Type.Object({ id: Type.String() })), (items, line) =>
  items.map(
    ({ id }, index) =>
      items.findIndex((item) => item.id === id) !== index && {
        line: line([index, 'id']),
        message: `The id “${id}” is used twice in this list. Choose another one.`,
      },
  ),
)
