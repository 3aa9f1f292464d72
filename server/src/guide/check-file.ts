import Type, { type TSchema } from 'typebox'
import { ChecklistItem, minutesOf, Programme, SessionTemplate } from '#shared/guide.ts'
import { checkShape } from './check-shape.ts'
import { didYouMean } from './nearest.ts'
import { readYaml, type FileProblem, type Yaml } from './read-yaml.ts'

/** What a file was read as. `value` is there when its shape is right; `advice` spoils nothing. */
export type Checked<T> = { value: T | undefined; problems: FileProblem[]; advice: FileProblem[] }
type Rule<T> = (value: T, line: Yaml['lineOf']) => FileProblem[]

const Checklist = Type.Array(ChecklistItem, { minItems: 1 })

/** @param fileName  when the id has to be the name of the file, as in the guide's own folders. */
export const checkTemplate = (text: string, fileName?: string): Checked<SessionTemplate> =>
  check(SessionTemplate, text, [minutesAddUp, sizesAscend, named(fileName)], [endsWithClose])

/** @param templates  the ids that a step may name. */
export const checkProgramme = (
  text: string,
  templates: readonly string[],
  fileName?: string,
): Checked<Programme> => check(Programme, text, [stepsExist(templates), named(fileName)])

export const checkChecklist = (text: string): Checked<ChecklistItem[]> =>
  check<ChecklistItem[]>(Checklist, text, [itemsDiffer])

function check<T>(schema: TSchema, text: string, rules: Rule<T>[], advise: Rule<T>[] = []): Checked<T> {
  const yaml = readYaml(text)
  if (yaml.data === undefined || yaml.data === null) {
    const empty = { line: 1, message: 'The file is empty. Copy one of the guide and change it.' }
    return { value: undefined, problems: yaml.problems.length > 0 ? yaml.problems : [empty], advice: [] }
  }
  const shape = checkShape(schema, yaml)
  const value = shape.problems.length === 0 ? (yaml.data as T) : undefined
  const apply = (some: Rule<T>[]) => (value ? some.flatMap((rule) => rule(value, yaml.lineOf)) : [])
  const problems = [...yaml.problems, ...shape.problems, ...apply(rules)].sort((a, b) => a.line - b.line)
  return { value, problems, advice: apply(advise) }
}

const minutesAddUp: Rule<SessionTemplate> = ({ minutes, blocks }, line) => {
  const sum = minutesOf(blocks)
  if (sum === minutes) return []
  const message = `The blocks add up to ${sum} minutes, but “minutes” says ${minutes}. Write ${sum} here, or change the blocks.`
  return [{ line: line(['minutes']), message }]
}

const sizesAscend: Rule<SessionTemplate> = ({ groupSize: { least, best, most } }, line) => [
  ...(best < least
    ? [
        {
          line: line(['groupSize', 'best']),
          message: `The best group size (${best}) is below the least (${least}). Make it ${least} or more.`,
        },
      ]
    : []),
  ...(most < best
    ? [
        {
          line: line(['groupSize', 'most']),
          message: `The most people (${most}) are fewer than the best group size (${best}). Make it ${best} or more.`,
        },
      ]
    : []),
]

const endsWithClose: Rule<SessionTemplate> = ({ blocks }, line) =>
  blocks.at(-1)?.kind === 'close'
    ? []
    : [
        {
          line: line(['blocks', blocks.length - 1]),
          message: 'A session feels finished when its last block is of the kind “close”.',
        },
      ]

const stepsExist =
  (templates: readonly string[]): Rule<Programme> =>
  ({ sessions }, line) =>
    sessions.flatMap(({ template }, step) =>
      templates.includes(template)
        ? []
        : [
            {
              line: line(['sessions', step, 'template']),
              message: `There is no session template “${template}” in the guide.${didYouMean(template, templates)} Name one of: ${templates.join(', ')}.`,
            },
          ],
    )

const named =
  (fileName: string | undefined): Rule<{ id: string }> =>
  ({ id }, line) =>
    fileName === undefined || fileName === `${id}.yaml`
      ? []
      : [
          {
            line: line(['id']),
            message: `The id “${id}” and the name of the file differ. Name the file ${id}.yaml, or write ${fileName.replace(/\.ya?ml$/, '')} here.`,
          },
        ]

const itemsDiffer: Rule<ChecklistItem[]> = (items, line) =>
  items.flatMap(({ id }, index) =>
    items.findIndex((item) => item.id === id) === index
      ? []
      : [
          {
            line: line([index, 'id']),
            message: `The id “${id}” is used twice in this list. Choose another one.`,
          },
        ],
  )
