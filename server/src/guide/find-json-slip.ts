import type { FileProblem } from './read-yaml.ts'

const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']' }

/** JSON is YAML too, but whoever saved JSON is not helped by a word about indentation. */
export const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text)

/**
 * Where JSON that can't be read breaks off, or what in it is one too many.
 * @param at  where its parser stopped, for what no quote and no bracket tells
 */
export function findJsonSlip(text: string, at: number): FileProblem {
  const open: { mark: string; at: number }[] = []
  const quote = /"(?:[^"\\\n]|\\.)*("?)|[[\]{}]/g
  for (const { 0: found, 1: closed, index } of text.matchAll(quote)) {
    if (found.startsWith('"')) {
      if (closed === '"') continue
      const ends = text.slice(index + found.length).trim() === ''
      return {
        line: lineOf(text, index),
        message: `${ends ? 'This JSON breaks off' : 'This JSON can’t be read'} after a quote that opens here and is never closed. ${ends ? WHOLE : 'Close it.'}`,
      }
    }
    if (found === '{' || found === '[') {
      open.push({ mark: found, at: index })
      continue
    }
    const last = open.pop()
    if (last && CLOSES[last.mark] === found) continue
    return {
      line: lineOf(text, index),
      message: last
        ? `This JSON can’t be read: the “${last.mark}” ${whichLine(text, last.at, index)} is closed by a “${found}” here. Look for what is missing before it.`
        : `This JSON can’t be read: the “${found}” here closes nothing. Take it out.`,
    }
  }
  const last = open.at(-1)
  return last
    ? {
        line: lineOf(text, text.trimEnd().length),
        message: `This JSON breaks off here: the “${last.mark}” ${whichLine(text, last.at, text.trimEnd().length)} is never closed. ${WHOLE}`,
      }
    : {
        line: lineOf(text, at),
        message: 'This JSON can’t be read from here on. Check its commas, colons and quotes.',
      }
}

const WHOLE = 'Copy the file once more, to its end.'

const whichLine = (text: string, opens: number, here: number): string =>
  lineOf(text, opens) === lineOf(text, here) ? 'in this line' : `of line ${lineOf(text, opens)}`

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length
