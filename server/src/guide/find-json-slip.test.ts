import { expect, it } from 'vitest'
import { checkUntrustedTemplate } from './check-untrusted.ts'

const problemsOf = (text: string) => checkUntrustedTemplate(text).problems

it.each([
  ['{"a": [1,', 1, 'This JSON breaks off here: the “[” in this line is never closed.'],
  ['{\n"blocks": [\n{"kind": "write"', 3, 'This JSON breaks off here: the “{” in this line is never closed.'],
  ['{\n"title": "Half a sen', 2, 'This JSON breaks off after a quote that opens here'],
  ['{\n"id: "x",\n"title": "y"}', 2, 'This JSON can’t be read after a quote that opens here'],
  ['{\n"blocks": [1}', 2, 'the “[” in this line is closed by a “}” here'],
  ['{"a": 1}\n}', 2, 'the “}” here closes nothing'],
  ['{"a": 1\n"b": 2}', 1, 'This JSON can’t be read from here on'],
  ['{\n"a": 1', 2, 'the “{” of line 1 is never closed'],
  [' [', 1, 'This JSON breaks off here'],
])('tells of JSON that can’t be read in words about JSON: %s', (text, line, says) => {
  expect(problemsOf(text)).toEqual([{ line, message: expect.stringContaining(says) as string }])
})

it('leaves alone brackets within words, and words about indentation to YAML', () => {
  const inWords = String.raw`{"title": "A } and a \" and a [", "blocks": [1,`
  expect(problemsOf(inWords)[0]?.message).toContain('the “[” in this line is never closed')
  expect(problemsOf('a:\n  b: 1\n c: 2')[0]?.message).not.toContain('JSON')
})
