import type { Static, TSchema } from 'typebox'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { didYouMean } from './nearest.ts'
import type { FileProblem, Yaml } from './read-yaml.ts'

type Path = (string | number)[]
type Wrong = ReturnType<typeof Value.Errors>[number]

// Eight, the default, would hide the ninth slip of a long file until the first is mended.
Settings.Set({ maxErrors: 200 })

/** What a field is for, so that "missing" also says what to write. */
const WHAT: Record<string, string> = {
  id: 'a short name such as first-circle',
  title: 'a line',
  purpose: 'one or two sentences on what people leave with',
  forWhom: 'for whom it is, and when',
  skills: 'a list of the skills it trains, or [] for none',
  minutes: 'a whole number',
  groupSize: 'least, best and most',
  preparation: 'a list for the facilitator and one for everybody, or [] for none',
  blocks: 'a list of timed blocks',
  after: 'a list of what happens after the session, or [] for none',
  sources: 'a list of where it comes from, or [] for none',
  key: 'a short name such as first-talk',
  kind: 'the kind of block',
  prompt: 'what everybody reads on the stage',
  notes: 'what only the facilitator reads',
  kinds: 'a list with internal, meetup or both',
  rhythm: 'weekly, fortnightly or monthly',
  openEnded: 'true or false',
  sessions: 'a list of steps, each with the id of a template',
  template: 'the id of a template',
  why: 'a sentence on what it is good for',
  when: 'a line on when to do it',
}

/** Checks data against its schema; every problem has its line and says what to do. */
export function checkShape<S extends TSchema>(
  schema: S,
  { data, lineOf }: Yaml,
): { value: Static<S> | undefined; problems: FileProblem[] } {
  const problems = Value.Errors(schema, data).flatMap((wrong) => {
    const path = pathOf(wrong.instancePath, data)
    return sentencesFor(wrong, path, data, schema).map(({ at, message }) => ({ line: lineOf(at), message }))
  })
  return { value: problems.length > 0 ? undefined : (data as Static<S>), problems }
}

function pathOf(pointer: string, data: unknown): Path {
  let value = data
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const step = Array.isArray(value) ? Number(name) : name
      value = (value as Record<string | number, unknown> | null)?.[step]
      return step
    })
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null)?.[step], data)

/** The names of the fields that the schema knows at a place. */
function fieldsAt(schema: unknown, path: Path): string[] {
  type Node = { properties?: Record<string, unknown>; items?: unknown } | undefined
  const node = path.reduce<unknown>((around, step) => {
    const { properties, items } = (around ?? {}) as NonNullable<Node>
    return typeof step === 'number' ? items : properties?.[step]
  }, schema) as Node
  return Object.keys(node?.properties ?? {})
}

function sentencesFor(
  wrong: Wrong,
  at: Path,
  data: unknown,
  schema: TSchema,
): { at: Path; message: string }[] {
  const value = valueAt(data, at)
  const name = nameOf(at)
  const one = (message: string) => [{ at, message }]

  switch (wrong.keyword) {
    // Said with names by `additionalProperties`.
    case 'boolean':
      return []
    case 'required':
      return wrong.params.requiredProperties.map((field) => ({
        at,
        message: `“${field}” is missing${at.length > 0 ? ` in ${name}` : ''}. Add it: ${WHAT[field] ?? 'it is needed'}.`,
      }))
    case 'additionalProperties': {
      const known = fieldsAt(schema, at)
      return wrong.params.additionalProperties.map((field) => ({
        at: [...at, field],
        message: `“${field}” is no field of ${at.length > 0 ? name : 'this file'}.${didYouMean(field, known)} The fields are: ${known.join(', ')}.`,
      }))
    }
    case 'enum': {
      const allowed = wrong.params.allowedValues.map(String)
      const is = at.at(-1) === 'kind' ? 'no kind of block' : 'not known here'
      return one(
        `${quoted(value)} is ${is}.${didYouMean(typeof value === 'string' ? value : '', allowed)} Use one of: ${allowed.join(', ')}.`,
      )
    }
    case 'type':
      return one(
        value === null
          ? `${name} is empty. Write ${typeInWords(wrong.params.type)}.`
          : `${name} has to be ${typeInWords(wrong.params.type)}, but this is ${valueInWords(value)}.`,
      )
    case 'pattern':
      return one(
        `${quoted(value)} can't be an id. Use small letters, digits and hyphens, such as first-circle.`,
      )
    case 'minLength':
      return one(`${name} is empty. Write something, or take the whole entry out.`)
    case 'maxLength':
      return one(
        `${name} has ${String(value).length} characters; at most ${wrong.params.limit} fit. Shorten it.`,
      )
    case 'minItems':
      return one(`${name} is an empty list. Add at least ${wrong.params.limit}.`)
    case 'maxItems':
      return one(
        `${name} has ${(value as unknown[]).length} entries; at most ${wrong.params.limit} are possible.`,
      )
    case 'minimum':
      return one(`${name} is ${String(value)}; it has to be ${wrong.params.limit} or more.`)
    case 'maximum':
      return one(`${name} is ${String(value)}; it has to be ${wrong.params.limit} or less.`)
    default:
      return one(`${name} is not as it should be: it ${wrong.message}.`)
  }
}

/** `['blocks', 2, 'minutes']` in words: “minutes”; `['blocks', 2]`: entry 3 of “blocks”. */
function nameOf(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'The file'
  if (typeof last === 'string') return `“${last}”`
  return `entry ${last + 1} of “${String(path.at(-2) ?? 'the list')}”`
}

const quoted = (value: unknown) => (typeof value === 'string' ? `“${value}”` : valueInWords(value))

function typeInWords(type: string | string[]): string {
  const words: Record<string, string> = {
    string: 'words',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list (lines that begin with a hyphen)',
    object: 'a group of fields (name: value)',
  }
  return [type]
    .flat()
    .map((one) => words[one] ?? one)
    .join(' or ')
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of fields; quotes help when words hold a colon'
  if (typeof value === 'string') return value.length > 60 ? 'words' : `the words “${value}”`
  return typeof value === 'number' ? `the number ${value}` : JSON.stringify(value)
}
