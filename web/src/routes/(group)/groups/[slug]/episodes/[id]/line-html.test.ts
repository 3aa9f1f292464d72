import { expect, it } from 'vitest'
import type { Mark } from '#lib/threads/marks.ts'
import { lineHtml } from './line-html.ts'

const paragraph = { first: 3, last: 4, speaker: '<b>Ann</b> & Co', start: 75 }
const mark = (more: Partial<Mark>): Mark => ({
  id: '0b0e6a57-0000-4000-8000-000000000001',
  kind: 'thread',
  from: 0,
  to: 4,
  uncertain: false,
  first: true,
  ...more,
})

it('escapes every word of a transcript, marked or not', () => {
  const text = `I’d <img src=x onerror="alert('1')"> & more`
  for (const marks of [[], [mark({ from: 4, to: 20 })], [mark({ from: 2, to: 30, kind: 'highlight' })]]) {
    const html = lineHtml(paragraph, text, marks, true)
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<b>')
    expect(html.replace(/<[^>]*>/g, '')).toContain('onerror=&quot;alert(&#39;1&#39;)&quot;')
  }
})

it('leads from words to every thread that is about them, and is one stop for the keyboard', () => {
  const html = lineHtml(
    paragraph,
    'one two three',
    [mark({ id: 'a', from: 0, to: 7 }), mark({ id: 'b', from: 4, to: 13 })],
    true,
  )
  expect(html.match(/data-thread="[^"]*"/g)).toEqual([
    'data-thread="a"',
    'data-thread="a b"',
    'data-thread="b"',
  ])
  expect(html.match(/<a [^>]*tabindex="0"/g)).toHaveLength(1)
})

it('says when to go where there is no audio, and nothing where there is no time', () => {
  expect(lineHtml(paragraph, 'one', [], true)).toContain('aria-label="Play from 01:15"')
  expect(lineHtml(paragraph, 'one', [], false)).toContain('aria-label="Go to 01:15"')
  expect(lineHtml({ ...paragraph, start: null }, 'one', [], true)).not.toContain('data-do="hear"')
})
