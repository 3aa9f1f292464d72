import { expect, it } from 'vitest'
import { insideMarkdown, plainWords } from './plain-words.ts'

it.for([
  ['# A *title*\n[x](y)', '\\# A \\*title\\* \\[x\\](y)'],
  ['- 1. <b>', '\\- 1. \\<b\\>'],
  ['1. first', '1\\. first'],
])('%j is words', ([words = '', plain]) => {
  expect(plainWords(words)).toBe(plain)
})

it.for([
  ['**bold**\n- a list', '**bold**\n- a list'],
  ['# heading', '\\# heading'],
  ['> ## heading', '> \\## heading'],
  ['heading\n---', 'heading\n\\---'],
  ['a <b onclick=x> <!-- -->', 'a \\<b onclick=x> \\<!-- -->'],
  ['<https://example.org>', '<https://example.org>'],
  ['```\n# code <b>\n```\n# out', '```\n# code <b>\n```\n\\# out'],
  ['```\nnever closed', '```\nnever closed\n```'],
])('%j makes no heading and no HTML where it is put', ([words = '', inside]) => {
  expect(insideMarkdown(words)).toBe(inside)
})
