import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLError,
} from 'yaml'
import { findJsonSlip, looksLikeJson } from './find-json-slip.ts'

/** What stands wrong in a file, and what to do about it. `line` counts from 1. */
export type FileProblem = { readonly line: number; readonly message: string }

/** A YAML file as data, and where in the file each part of it stands. */
export type Yaml = {
  readonly data: unknown
  readonly problems: FileProblem[]
  /** The line of a part, such as `['blocks', 2, 'minutes']`; the nearest whole around it when there is no such part. */
  readonly lineOf: (path: readonly (string | number)[]) => number
}

/** Reads YAML with its line numbers. `data` is undefined when the file can't be read at all. */
export function readYaml(text: string): Yaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const lineOf = (path: readonly (string | number)[]) => lineAt(offsetOf(document, path))

  // After the first real slip a parser only guesses; what it says about the rest would send people astray.
  const twice = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY')
  const slip = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY')
  if (slip && looksLikeJson(text))
    return { data: undefined, problems: [findJsonSlip(text, slip.pos[0])], lineOf }
  const problems = (slip ? [slip] : twice).map((error) => ({
    line: lineAt(startOf(document, error)),
    message: sentenceFor(error, wordAt(text, error.pos[0])),
  }))
  if (slip) return { data: undefined, problems, lineOf }
  const repeated = findRepeated(document)
  if (repeated)
    return {
      data: undefined,
      problems: [...problems, { ...repeated, line: lineAt(repeated.offset) }],
      lineOf,
    }
  try {
    return { data: document.toJS(), problems, lineOf }
  } catch {
    const message = 'A name after * is used here that no & gives. Put words that start with * into quotes.'
    return { data: undefined, problems: [{ line: 1, message }], lineOf }
  }
}

/** Words that are repeated by & and *: a few lines of them can unfold to more than any memory holds. */
function findRepeated(document: Document): { offset: number; message: string } | undefined {
  let found: { offset: number; message: string } | undefined
  visit(document, {
    Alias: (_key, alias) => {
      if (!alias.resolve(document)) return undefined
      const message = `“*${alias.source}” repeats what stands elsewhere. Write the words out here; & and * are not used in these files.`
      found = { offset: alias.range?.[0] ?? 0, message }
      return visit.BREAK
    },
  })
  return found
}

function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (!pair) break
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
      node = pair.value
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)]
      if (!isMap(item) && !isSeq(item) && !isScalar(item)) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  return offset
}

/** A quote that is never closed is noticed at the end of the file; people look for where it opens. */
function startOf(document: Document, { code, pos: [start] }: YAMLError): number {
  let opened = start
  if (code === 'MISSING_CHAR') {
    visit(document, {
      Scalar: (_key, { type, range }) => {
        if (type?.startsWith('QUOTE') && range?.[1] === start) opened = range[0]
      },
    })
  }
  return opened
}

const wordAt = (text: string, offset: number) => /^[^\s:]+/.exec(text.slice(offset))?.[0] ?? ''

function sentenceFor({ code, message }: YAMLError, word: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return `“${word}” stands here for the second time. Keep one of the two.`
    case 'TAB_AS_INDENT':
      return 'This line begins with a tab. Indent with spaces.'
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'There is a second colon here, or the next line is indented too far. Put words with a colon into quotes.'
    case 'MULTIPLE_DOCS':
      return 'A line of three hyphens begins a second document here. Put it into a file of its own.'
    case 'BAD_SCALAR_START':
      return `Words that begin with ${word.charAt(0)} need quotes around them.`
    case 'BAD_INDENT':
      return 'This line is not indented like its neighbours. Line it up with the fields around it.'
    case 'MISSING_CHAR':
      if (message.includes('quote')) return 'A quote opens here and is never closed. Close it.'
      if (message.includes('map values')) return 'A colon is missing here: a field is written “name: value”.'
      if (message.includes('without -')) return 'This line is not indented like its neighbours. Line it up.'
      return 'A closing bracket or brace is missing here. Add it.'
    default:
      return `This can't be read as YAML; check quotes, colons and indentation here (${message}).`
  }
}
