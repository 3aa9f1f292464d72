import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mentionOf, SOMEBODY_WHO_LEFT, wordsIn } from '#shared/mentions.ts'
import { renderMarkdown } from './markdown.ts'

const [ADA, BEN] = ['11111111-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000'] as const
const show = (text: string, ada = 'Ada') => renderMarkdown(text, new Map([[ADA, ada]]))

it('shows a mention as the name of now, wherever it stands, and somebody who left as that', () => {
  expect(show(`Hello ${mentionOf(ADA)}, *and ${mentionOf(BEN)}*`)).toBe(
    `<p>Hello <bdi data-account="${ADA}">@Ada</bdi>, <em>and <bdi data-account="${BEN}">@${SOMEBODY_WHO_LEFT}</bdi></em></p>\n`,
  )
  expect(show(`\`${mentionOf(ADA)}\``)).toBe(`<p><code><bdi data-account="${ADA}">@Ada</bdi></code></p>\n`)
  expect(show(`- a\n- ${mentionOf(ADA)}`)).toContain('<li><bdi data-account=')
})

it('makes nothing else of a name, however somebody calls themselves', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<img src=x onerror=alert(1)>',
      '</bdi><script>alert(1)</script>',
      '" onmouseover="alert(1)',
      '[x](javascript:alert(1))',
      '**bold** `code`',
      '&lt;b&gt;',
      '\u202eevil',
      'שלום',
      mentionOf(BEN),
      '$& $1',
    ),
  )
  fc.assert(
    fc.property(name, (called) => {
      const html = show(`Hello ${mentionOf(ADA)}!`, called)
      expect(html.match(/<[^>]*>/g)).toEqual(['<p>', `<bdi data-account="${ADA}">`, '</bdi>', '</p>'])
      expect(wordsIn(html)).toBe(`Hello ${mentionOf(ADA)}!`)
    }),
  )
})

it('takes nothing that somebody typed for a mention', () => {
  for (const typed of [
    `<bdi data-account="${ADA}">@Ada</bdi>`,
    `@{${ADA.toUpperCase().replace('1', 'X')}}`,
    `@ {${ADA}}`,
    '@Ada',
  ])
    expect(show(typed)).not.toContain('<bdi')
  expect(renderMarkdown(mentionOf(ADA))).toBe(`<p>${mentionOf(ADA)}</p>\n`)
})

it('loads nothing from outside, and loses no words for that', () => {
  expect(renderMarkdown('![our board](https://spy.example/x.png) it')).toMatch(
    /^<p><a href="https:\/\/spy.example\/x.png" rel="[^"]*">our board<\/a> it<\/p>/,
  )
  expect(renderMarkdown('![spy](data:image/png;base64,AAAA)')).not.toMatch(/<img|src=/)
  expect(renderMarkdown('| a | b |\n|---|---|\n| one | two |')).toContain('| one | two |')
})
