import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { ParsedEpisode } from '#shared/episodes.ts'
import { parseSrt, parseVtt } from './cues.ts'
import { parseDocument, parsePlain } from './document.ts'
import { parseEpisodeText } from './parse-episode.ts'
import { joinForReading } from './reading.ts'
import { parseTranscriptHtml } from './transcript-html.ts'
import { parseTranscriptJson } from './transcript-json.ts'

/** Real files that nobody here wrote; the project passes without them. */
const REAL = '../shared/data'

/** Words; in a script that writes without spaces, characters. */
const wordsOf = (text: string): string[] =>
  text
    .match(/[\p{Script=Han}\p{Script=Hiragana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}])[\p{L}\p{N}])+/gu)
    ?.filter((word) => /\p{L}/u.test(word)) ?? []

const textOf = ({ title, notes, chapters, segments }: ParsedEpisode): string =>
  [
    title,
    notes,
    ...chapters.map((chapter) => chapter.title),
    ...segments.flatMap((segment) => [segment.speaker ?? '', segment.text]),
  ].join('\n')

function expectNoWordLost(source: string, parsed: ParsedEpisode): void {
  const kept = new Set(wordsOf(textOf(parsed)))
  expect(wordsOf(source).filter((word) => !kept.has(word))).toEqual([])
}

const word = fc.constantFrom(
  'asking',
  'Über',
  'Café',
  'a',
  'team',
  'Jo',
  'can’t',
  '**bold**',
  'naïve',
  '学ぶ',
  '3rd',
  '[link](https://example.org/a_b)',
)
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((some) => some.join(' '))
const time = fc.constantFrom(
  '0:00',
  '00:10',
  '12:40',
  '01:02:03',
  '1:75',
  '0:1x',
  '99:99:99',
  '10:30',
  '3:19.460',
  '?:10',
)
const cueTime = fc.constantFrom('00:00:01,000', '0.860', '3:19.460', '0:00:15.410', '00:00:xx', '99:99', '')
const name = fc.constantFrom('Host', 'Guest', 'Ann Lee', 'Remember', 'SPEAKER_1', 'host', 'Dr. May')
const separator = fc.constantFrom(' - ', ' ', ' – ', ': ', ' | ', '|')

const line = fc.oneof(
  words,
  fc.constantFrom(
    '',
    '',
    '---',
    '## Transcript',
    'Episode Timeline',
    '# Heading of it',
    'About the author',
    '### Part two',
    'title: Front matter',
    '* * *',
  ),
  time,
  fc
    .tuple(fc.constantFrom('', '- ', '1. ', '* **', '[', '('), time, separator, words)
    .map((parts) => parts.join('')),
  fc
    .tuple(time, fc.constantFrom(' - ', ' – ', '-->'), time, separator, name, fc.constant(': '), words)
    .map((parts) => parts.join('')),
  fc.tuple(name, fc.constant(': '), words).map((parts) => parts.join('')),
  fc.tuple(name, fc.constantFrom(':', '  ', ' ('), time).map((parts) => parts.join('')),
  fc
    .tuple(
      fc.constant('- **['),
      time,
      fc.constantFrom('](#t=00:10)** ', '](https://example.org/t)** '),
      words,
    )
    .map((parts) => parts.join('')),
)
const lines = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r', '\n\n'))
  .map(([some, end]) => some.join(end))

it('loses no word of any document', () => {
  fc.assert(
    fc.property(lines, (text) => {
      // Links that lead to the same time hold no words.
      const source = text.replaceAll('(#t=00:10)', '')
      expectNoWordLost(source, parseDocument(text))
      expectNoWordLost(source, parsePlain(text))
      expectNoWordLost(source, parseEpisodeText(text))
    }),
    { numRuns: 1_000 },
  )
})

it('loses no word of text that is like nothing we know', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expectNoWordLost(text, parseDocument(text))
      expectNoWordLost(text, parsePlain(text))
    }),
  )
})

const cueText = fc.oneof(
  words,
  fc.tuple(name, fc.constant(': '), words).map((parts) => parts.join('')),
  fc.constantFrom('Ann Lee:', 'Host:'),
)
const cue = fc
  .tuple(
    fc.constantFrom('7\n', '', 'An id of words\n'),
    cueTime,
    fc.constantFrom(' --> ', '-->', ' -> '),
    cueTime,
    fc.constantFrom('', ' align:start', ' stray words'),
    fc.array(cueText, { maxLength: 3 }),
    fc.constantFrom('\n', '\n\n'),
  )
  .map(
    ([id, from, arrow, to, after, text, end]) =>
      `${id}${from}${arrow}${to}${after}\n${text.join('\n')}${end}`,
  )

it('loses no word of any subtitles, whatever their times are like', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(cue, cue, lines), { maxLength: 12 }), (some) => {
      const text = some.join('\n\n')
      const source = text.replaceAll('align:start', '').replaceAll('(#t=00:10)', '')
      for (const parsed of [parseSrt(text), parseVtt(`WEBVTT\n\n${text}`)]) {
        expectNoWordLost(source, parsed)
        expectNoWordLost(source, { ...parsed, segments: joinForReading(parsed.segments) })
      }
    }),
    { numRuns: 500 },
  )
})

it('loses no word of voices in WebVTT', () => {
  const voiced = fc
    .tuple(
      fc.constantFrom('<v ', '<v.loud '),
      name,
      fc.constant('>'),
      fc.oneof(words, fc.constant('')),
      fc.constantFrom('</v>', '', ' <i>so</i>'),
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(voiced, words), { maxLength: 3 }), { maxLength: 8 }), (cues) => {
      const text = cues.map((some, index) => `${index}.5 --> ${index + 1}.5\n${some.join('\n')}`).join('\n\n')
      const source = text.replaceAll(/<v\.loud |<\/?[vi]\b|-->/gu, '')
      expectNoWordLost(source, parseVtt(`WEBVTT\n\n${text}`))
    }),
  )
})

it('loses no word of a JSON transcript, however it is built', () => {
  const segment = fc.record(
    {
      speaker: fc.oneof(name, fc.constant(null)),
      startTime: fc.oneof(fc.double(), fc.constantFrom('0:01', 'soon')),
      endTime: fc.oneof(fc.integer(), fc.constant('xx')),
      body: fc.oneof(words, fc.constant('')),
      more: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const file = fc.record(
    { version: fc.constant('1.0.0'), title: words, segments: fc.array(segment), chapters: fc.array(segment) },
    { requiredKeys: [] },
  )
  const values = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => (key === 'version' ? [] : values(inner)))
        : []
  fc.assert(
    fc.property(fc.oneof(file, fc.array(segment)), (value) => {
      const parsed = parseTranscriptJson(JSON.stringify(value))
      expectNoWordLost(values(JSON.parse(JSON.stringify(value))).join('\n'), parsed)
    }),
  )
})

it('loses no word that an HTML page shows', () => {
  const element = fc.oneof(
    words.map((text) => `<p>${text}</p>`),
    name.map((text) => `<cite>${text}:</cite>`),
    time.map((text) => `<time>${text}</time>`),
    words.map((text) => `<h2>${text}</h2>`),
    fc.tuple(time, words).map(([at, text]) => `<li>${at} - ${text}`),
    words,
    fc.constantFrom('<br>', '<div>', '</div>', '<!-- -->', '<script>hidden()</script>', '<style>p{}</style>'),
  )
  fc.assert(
    fc.property(fc.array(element, { maxLength: 15 }), (some) => {
      const html = `<body>${some.join('\n')}`
      const shown = html.replaceAll(/<(script|style)>.*?<\/\1>/gu, '').replaceAll(/<[^>]*>/gu, ' ')
      expectNoWordLost(shown, parseTranscriptHtml(html))
    }),
    { numRuns: 500 },
  )
})

it('never throws, whatever it is given', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .tuple(
        fc.constantFrom('WEBVTT\n\n', '{"segments":[', '<html>', '1\n00:00:01,000 --> ', '---\n'),
        fc.string({ unit: 'binary' }),
      )
      .map((parts) => parts.join('')),
    fc.json(),
  )
  fc.assert(
    fc.property(anything, (text) => {
      for (const parse of [
        parseEpisodeText,
        parseDocument,
        parsePlain,
        parseVtt,
        parseSrt,
        parseTranscriptJson,
        parseTranscriptHtml,
      ])
        parse(text)
    }),
    { numRuns: 200 },
  )
})

it.skipIf(!existsSync(REAL))('loses no word of real files', () => {
  for (const folder of ['transcripts', 'timelines']) {
    for (const file of readdirSync(`${REAL}/${folder}`)) {
      const text = readFileSync(`${REAL}/${folder}/${file}`, 'utf8')
      const source = text
        .replaceAll(/\(#t=[\d:]+\)/gu, '')
        .replaceAll(/<!--.*?-->|<\/?[a-z][^<>]*>/giu, (tag) => (tag.startsWith('<v ') ? tag.slice(3) : ' '))
        .replaceAll('\\u0026', ' ')
        .replaceAll(/"(version|segments|speaker|startTime|endTime|body)":/gu, ' ')
        .replaceAll(/&#39;|&amp;|&quot;|WEBVTT/gu, (mark) => (mark === '&#39;' ? "'" : ' '))
      const addresses = source.match(/<https?:[^<>]*>/gu) ?? []
      expectNoWordLost(source + addresses.join(' '), parseEpisodeText(text, file))
    }
  }
})
