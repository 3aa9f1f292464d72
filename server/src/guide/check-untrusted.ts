import type { SessionTemplate } from '#shared/guide.ts'
import { LARGEST_FILE } from '#shared/templates.ts'
import { checkTemplate, type Checked } from './check-file.ts'
import type { FileProblem } from './read-yaml.ts'

/** Deeper than any template; a parser of YAML can be brought down by less than a file of opening brackets. */
const DEEPEST = 24
/** More fields and entries than a template can have. */
const MOST_MARKS = 6_000
const MOST_PROBLEMS = 30

/** The guide's own check, for a file that anybody may have made: what could exhaust a parser is refused unread. */
export function checkUntrustedTemplate(given: string): Checked<SessionTemplate> {
  const text = given.replace(/^\uFEFF/u, '')
  const hostile = findHostile(text)
  if (hostile) return { value: undefined, problems: [hostile], advice: [] }
  const checked = checkTemplate(text)
  return {
    ...checked,
    value: checked.problems.length > 0 ? undefined : checked.value,
    problems: checked.problems.slice(0, MOST_PROBLEMS),
  }
}

function findHostile(text: string): FileProblem | undefined {
  if (text.length > LARGEST_FILE)
    return {
      line: 1,
      message: `The file has ${text.length.toLocaleString('en')} characters; at most ${LARGEST_FILE.toLocaleString('en')} are taken. Take out what is no part of the template.`,
    }
  if (text.includes('\u0000'))
    return {
      line: lineOf(text, text.indexOf('\u0000')),
      message:
        'This is no text file, or there is a character in it that can’t be kept. Save it as UTF-8 text.',
    }
  const marks = text.match(/[,:\n"'[{*&!]/g)?.length ?? 0
  if (marks > MOST_MARKS)
    return {
      line: 1,
      message: 'The file has far more fields than a template. Take out what is no part of it.',
    }
  const deep = findDeep(text)
  return deep === undefined
    ? undefined
    : {
        line: lineOf(text, deep),
        message: `This is nested more than ${DEEPEST} levels deep, and a template has seven. Begin from a file of the guide.`,
      }
}

/** Where it gets too deep: by brackets, by lists in lists on one line, or by indentation. */
function findDeep(text: string): number | undefined {
  let depth = 0
  for (const { 0: mark, index } of text.matchAll(/[[\]{}]/g)) {
    depth = mark === '[' || mark === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > DEEPEST) return index
  }
  const opening = new RegExp(`(?:(?:^|[\\s\\[{,])(?:[-?:]|[!&][^\\s,]*)(?=\\s)\\s*){${DEEPEST + 1}}`, 'm')
  return opening.exec(text)?.index ?? findDeepIndent(text)
}

function findDeepIndent(text: string): number | undefined {
  const levels: number[] = []
  for (const { 0: line, 1: indent = '', index } of text.matchAll(/^([ \t]*)\S.*$/gm)) {
    while ((levels.at(-1) ?? -1) >= indent.length) levels.pop()
    // Only fields and entries nest; the lines of a paragraph do not.
    if (/^[ \t]*(?:[-?](?:\s|$)|\S+\s*:(?:\s|$))/.test(line)) levels.push(indent.length)
    if (levels.length > DEEPEST) return index
  }
  return undefined
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length
