import { expect, it } from 'vitest'
import type { EpisodePreview } from '#shared/episodes.ts'
import { previewText } from './preview-text.ts'

/** What the largest text may take of the thread that answers everybody, in all its turns. Milliseconds. */
const MOST_TIME = 200

const clock = (seconds: number) =>
  [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':')
const many = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => each(index))

/** What a text is understood as, while others are answered. */
async function preview(text: string, fileName = ''): Promise<EpisodePreview> {
  const before = process.threadCpuUsage()
  const understood = await previewText(text, fileName)
  const { user, system } = process.threadCpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(MOST_TIME)
  return understood
}

it.each([
  [
    '200,000 lines',
    `Transcript\n${many(200_000, (at) => `${clock(at % 86_400)}|a: w${at}`).join('\n')}`,
    200_000,
  ],
  ['one line of 5 MB', `Transcript\n0:00 | Host: ${'word '.repeat(1_040_000)}`, 1],
  [
    '110,000 single words',
    JSON.stringify({
      segments: Array.from({ length: 110_000 }, (_, at) => ({ startTime: at / 3, body: `w${at}` })),
    }),
    10_000,
  ],
  [
    'a page of scripts',
    `<cite>A:</cite><time>0:00</time><p>${'<b>word</b> <script>alert(1)</script>'.repeat(100_000)}`,
    1,
  ],
  ['arrows without times', '0:00:15.410 --> 3:19.460 '.repeat(150_000), 1],
  ['brackets without end', '['.repeat(2_000_000), 0],
  ['names without words', 'a:'.repeat(2_000_000), 0],
])('reads %s elsewhere, and keeps it', async (_name, text, segments) => {
  const understood = await preview(text)
  expect(understood.segments.length).toBeGreaterThanOrEqual(segments)
  expect(JSON.stringify(understood)).not.toContain('alert(1)')
})

it('reads what is just short enough to be read here without a stop', async () => {
  for (const piece of [
    'a: ',
    '0:00 ',
    '[(',
    '#',
    '- 0:00 - ',
    '<',
    '<cite>',
    '&amp',
    '**',
    '-->',
    '{"a":',
    '\r',
  ])
    await preview(`Hello\n${piece.repeat(Math.floor(49_000 / piece.length))}`)
})

it('keeps every word of lines that overlap, go backwards, last no time, or have none that can be read', async () => {
  const text = [
    '\uFEFFWEBVTT',
    '',
    '0.860 --> 3:19.460',
    'First words',
    '',
    '0:00:15.410 --> 0:00:10.000',
    'ends before it begins',
    '',
    '00:00:02.000 --> 00:00:02.000',
    'lasts no time',
    '',
    'soon --> later',
    'no time',
    '',
    '00:00:01.000 --> 00:00:09.000',
    'goes back and overlaps',
  ]
  for (const end of ['\n', '\r\n', '\r']) {
    const { segments, notes, problems } = await preview(text.join(end), 'a.vtt')
    const kept = JSON.stringify([segments, notes, problems])
    for (const words of [
      'First words',
      'ends before it begins',
      'lasts no time',
      'no time',
      'goes back and overlaps',
    ])
      expect(kept).toContain(words)
    expect(problems.every(({ line }) => line > 0 && line <= text.length)).toBe(true)
  }
})

it('takes out what no database holds, and nothing else', async () => {
  const { segments } = await preview(
    JSON.stringify({
      segments: [{ startTime: 0, speaker: 'A\u0000nn', body: 'One\u0000 two \ud800three and more of it.' }],
    }),
  )
  expect(segments).toEqual([{ start: 0, end: null, speaker: 'Ann', text: 'One two �three and more of it.' }])
})
