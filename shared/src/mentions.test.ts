import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromField,
  labelsOf,
  mentionedIn,
  mentionOf,
  offer,
  queryAt,
  toField,
  withoutName,
  mentionInHtml,
  wordsIn,
  type Person,
} from './mentions.ts'

const [ADA, ANN, ANN_LEE, OTHER_ANN] = [1, 2, 3, 4].map(
  (digit) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`,
) as [string, string, string, string]
const people: Person[] = [
  { id: ADA, name: 'Ada' },
  { id: ANN, name: 'Ann' },
  { id: ANN_LEE, name: 'Ann Lee' },
  { id: OTHER_ANN, name: 'Ann' },
]

/** Names and words that could be read as something else: Markdown, HTML, other mentions, other directions. */
const HOSTILE = [
  '@',
  '@{',
  '}',
  '<b>',
  '</bdi>',
  '&lt;',
  '&amp;',
  '"',
  "'",
  '**',
  '_',
  '`',
  '[x](javascript:alert(1))',
  '![x](https://spy.example/x.png)',
  '\\',
  '(2)',
  ' ',
  '\n',
  '\u202e',
  '\u2067',
  'שלום',
  'مرحبا',
  '👩‍🏫',
  'e\u0301',
  'Ann',
  'Ann Lee',
  '@Ann',
  'a',
  '.',
  '-',
  '|',
  '$&',
]
const hostile = fc.array(fc.constantFrom(...HOSTILE), { maxLength: 8 }).map((parts) => parts.join(''))
const uuid = fc.uuid().map((id) => id.toLowerCase())
const somebody = fc.record({ id: uuid, name: fc.oneof(hostile, fc.string({ maxLength: 12 })) })
const group = fc.uniqueArray(somebody, { minLength: 1, maxLength: 6, selector: ({ id }) => id })

describe('a mention', () => {
  it('is read from a name behind an @, the longer name first, and two of one name are told apart', () => {
    expect(fromField('@Ann Lee and @Ann, and @Ann (2)!', people)).toBe(
      `${mentionOf(ANN_LEE)} and ${mentionOf(ANN)}, and ${mentionOf(OTHER_ANN)}!`,
    )
  })

  it('is not read from a mail address, a part of a name or a name that is nobody’s', () => {
    for (const typed of ['ada@Ada', 'me@Ada.example', '@Adam', '@Anna', '@Zoe', '@', 'Ada', '@ Ada', '@@Ada'])
      expect(fromField(typed, people)).toBe(typed)
  })

  it('goes into a field and comes back as it was, whatever people are called and whatever stands around it', () => {
    fc.assert(
      fc.property(
        group,
        fc.array(fc.oneof(hostile, fc.string({ maxLength: 10 }), fc.nat(5)), { maxLength: 12 }),
        (them, parts) => {
          const words = parts
            .map((part) =>
              typeof part === 'number'
                ? mentionOf(them[part % them.length]?.id ?? '')
                : part.replaceAll('\u200b', ''),
            )
            .join('')
          const field = toField(words, them)
          expect(fromField(field, them)).toBe(words)
          // What is shown is names, not ids.
          for (const { id } of them) expect(field).not.toContain(id)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('stays text when it was text', () => {
    for (const words of [
      '@Ada',
      `${mentionOf(ANN)} Lee`,
      `${mentionOf(ANN)}a`,
      `a${mentionOf(ADA)}`,
      '@@Ada',
    ])
      expect(fromField(toField(words, people), people)).toBe(words)
  })

  it('is found once each, and only when it is whole', () => {
    expect(mentionedIn(`${mentionOf(ADA)} @{nobody} ${mentionOf(ANN)}${mentionOf(ADA)} @Ada`)).toEqual([
      ADA,
      ANN,
    ])
  })

  it('gives each a label of their own, one line, that can be typed', () => {
    fc.assert(
      fc.property(group, (them) => {
        const labels = [...labelsOf(them).values()]
        expect(new Set(labels).size).toBe(them.length)
        for (const label of labels) expect(label).toMatch(/^[^@{}\n\u202e\u200b]+$/)
      }),
    )
  })
})

describe('in HTML', () => {
  it('is the name and nothing else, and can be quoted by id', () => {
    fc.assert(
      fc.property(somebody, uuid, ({ id, name }, other) => {
        const html = `<p>Hello ${mentionInHtml(id, name)} &amp; ${mentionInHtml(other, 'Ben')}</p>`
        expect(html.match(/</g)).toHaveLength(6)
        expect(wordsIn(html)).toBe(`Hello ${mentionOf(id)} & ${mentionOf(other)}`)
        const gone = withoutName(html, id)
        expect(gone).toContain('@somebody who left')
        expect(gone).toContain(mentionInHtml(other, 'Ben'))
        expect(wordsIn(gone)).toBe(wordsIn(html))
      }),
    )
  })

  it('reads the words that are shown, on one line', () => {
    expect(wordsIn('<p>One <em>tw</em>o<br>\nthree</p>\n<ul>\n<li>a &lt; b</li>\n</ul>')).toBe(
      'One two three a < b',
    )
  })
})

describe('while a name is typed', () => {
  it('offers whoever is meant, by any word of the name, with or without accents', () => {
    const some = [...people, { id: 'z', name: 'Zoë Álvarez' }]
    const offered = (typed: string) => {
      const query = queryAt(typed, typed.length)
      return query && offer(some, query).map(({ name }) => name)
    }
    expect(offered('Hello @an')).toEqual(['Ann', 'Ann Lee', 'Ann'])
    expect(offered('(@lee')).toEqual(['Ann Lee'])
    expect(offered('@zoe a')).toEqual(['Zoë Álvarez'])
    expect(offered('@alv')).toEqual(['Zoë Álvarez'])
    expect(offered('@')).toHaveLength(5)
    expect(offered('@nobody')).toEqual([])
    for (const typed of ['Hello', 'me@an', '@ an', '@an\nd', '@@', `@${'a'.repeat(50)}`])
      expect(offered(typed)).toBeNull()
  })
})
