import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseEpisodeText, sniff } from './parse-episode.ts'
import { joinForReading } from './reading.ts'
import { readTime } from './times.ts'

const REAL = '../shared/data'

const PAGE = `Influence at any level

A talk with Ann Lee about leading without authority.

Episode Timeline
00:00 - Welcome.
02:15 – From solving to asking
01:50 A line that goes back
1:02:03 - Questions

Transcript
00:00 - 00:07 | Host: Welcome to the show.
00:07 – 00:12 | Ann Lee: Thanks for having me.
0:00:12 | No name here, and no end
a line without a time
00:2x - 00:30 | Host: Broken at the front.
00:30 - 00:99 | Host: Broken at the end.
01:00:00 - 01:00:04 | Ann Lee: The end.

About the author
Ann Lee writes about teams.`

describe('a pasted document', () => {
  const parsed = parseEpisodeText(PAGE)

  it('has a title, chapters in the order of the page, and notes', () => {
    expect(parsed.title).toBe('Influence at any level')
    expect(parsed.chapters).toEqual([
      { start: 0, title: 'Welcome.' },
      { start: 135, title: 'From solving to asking' },
      { start: 110, title: 'A line that goes back' },
      { start: 3723, title: 'Questions' },
    ])
    expect(parsed.notes).toContain('leading without authority')
    expect(parsed.notes).toContain('Ann Lee writes about teams.')
  })

  it('has segments with and without end and speaker', () => {
    expect(parsed.segments).toEqual([
      { start: 0, end: 7, speaker: 'Host', text: 'Welcome to the show.' },
      { start: 7, end: 12, speaker: 'Ann Lee', text: 'Thanks for having me.' },
      { start: 12, end: null, speaker: null, text: 'No name here, and no end' },
      { start: 3600, end: 3604, speaker: 'Ann Lee', text: 'The end.' },
    ])
  })

  it('reports each line that was not understood, with its number, and keeps it', () => {
    expect(parsed.problems.map(({ line }) => line)).toEqual([15, 16, 17])
    expect(parsed.problems[1]?.message).toContain('00:2x')
    expect(parsed.notes).toContain('a line without a time')
    expect(parsed.notes).toContain('00:30 - 00:99 | Host: Broken at the end.')
  })

  it('reads a byte order mark, other line ends and bullets alike', () => {
    const text = '\uFEFFShow\r\n\r\n* (0:00) Hello\r\n2. [1:00] There\r\n- **[02:00](#t=02:00)** Bye'
    expect(parseEpisodeText(text).chapters.map(({ start, title }) => [start, title])).toEqual([
      [0, 'Hello'],
      [60, 'There'],
      [120, 'Bye'],
    ])
  })

  it('reads names as meeting software and universities write them', () => {
    const teams = "Smith, Bob   0:12\nThank you.\n\nJane O'Neil   0:20\nWhat changed?"
    expect(parseEpisodeText(teams).segments.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Smith, Bob', 'Thank you.'],
      ["Jane O'Neil", 'What changed?'],
    ])
    const titled = '0:08 Prof. Jane van der Berg, PhD: Hello.\n0:15 Dr. A. B. Smith: Hello.'
    expect(parseEpisodeText(titled).segments.map(({ speaker }) => speaker)).toEqual([
      'Prof. Jane van der Berg, PhD',
      'Dr. A. B. Smith',
    ])
  })

  it('takes the next line for the title where a time stands alone, and the target of links to the notes', () => {
    const parsed = parseEpisodeText('01:50\n\n* What is burnout?\n\n7:00 [More](https://example.org/more)')
    expect(parsed.chapters).toEqual([
      { start: 110, title: 'What is burnout?' },
      { start: 420, title: 'More' },
    ])
    expect(parsed.notes).toContain('https://example.org/more')
    expect(parsed.problems).toEqual([])
  })

  it('does not take prose for a time or a name', () => {
    const parsed = parseEpisodeText(
      'We hold 1:1 meetings.\n10:30 am is when doors open.\nRemember: it is free.',
    )
    expect(parsed).toMatchObject({ chapters: [], segments: [], problems: [] })
  })

  it('reads lines of a transcript without “|” when people speak in them, and names above their words', () => {
    const spoken = parseEpisodeText('0:00 Ann: Hello there.\n0:04 Ben: Hi.\n0:06 Ann: How are you?')
    expect(spoken.segments.map(({ speaker }) => speaker)).toEqual(['Ann', 'Ben', 'Ann'])
    const above = parseEpisodeText(
      'Ann Lee  0:00\nHello there,\nall of you.\n\nBen May  0:09\nHi.\n\nRecorded in May.',
    )
    expect(above.segments).toEqual([
      { start: 0, end: null, speaker: 'Ann Lee', text: 'Hello there, all of you.' },
      { start: 9, end: null, speaker: 'Ben May', text: 'Hi.' },
    ])
    expect(above.notes).toBe('Recorded in May.')
  })
})

describe('WebVTT', () => {
  it('reads times that the standard forbids', () => {
    expect(['0.860', '3:19.460', '0:00:15.410', '00:01:02,500', '99:99', 'x'].map(readTime)).toEqual([
      0.86,
      199.46,
      15.41,
      62.5,
      undefined,
      undefined,
    ])
  })

  it('goes on with the same voice, decodes entities and drops marks', () => {
    const text =
      'WEBVTT\n\n0.860 --> 7.380 align:start\n<v Ann Lee>Q&amp;A for\n<i>you</i>\n\n7.4 --> 9\nand &lt;me&gt;'
    expect(parseEpisodeText(text).segments).toEqual([
      { start: 0.86, end: 7.38, speaker: 'Ann Lee', text: 'Q&A for you' },
      { start: 7.4, end: 9, speaker: 'Ann Lee', text: 'and <me>' },
    ])
  })

  it('keeps the words of a cue whose times are broken, and says where', () => {
    const parsed = parseEpisodeText('WEBVTT - A talk\n\n00:00:xx --> 00:02\nFirst\n\n00:03 --> 00:99\nSecond')
    expect(parsed.segments).toEqual([
      { start: null, end: 2, speaker: null, text: 'First' },
      { start: 3, end: null, speaker: null, text: 'Second' },
    ])
    expect(parsed.problems.map(({ line }) => line)).toEqual([3, 6])
    expect(parsed.notes).toContain('A talk')
  })
})

it('reads names in SRT before the words and on a line of their own', () => {
  const text =
    '1\n00:00:00,000 --> 00:00:02,000\nAnn: Hello,\nyou.\n\n2\n00:00:02,000 --> 00:00:03,000\nBen:\nHi.\n\n3\n00:00:03,000 --> 00:00:04,000\nThere.'
  expect(parseEpisodeText(text).segments).toEqual([
    { start: 0, end: 2, speaker: 'Ann', text: 'Hello, you.' },
    { start: 2, end: 3, speaker: 'Ben', text: 'Hi.' },
    { start: 3, end: 4, speaker: 'Ben', text: 'There.' },
  ])
})

it('joins single words of JSON to sentences', () => {
  const segments = ['I', 'am', 'your', 'father', '.'].map((body, index) => ({
    speaker: 'D',
    startTime: index / 2,
    endTime: index / 2,
    body,
  }))
  const parsed = parseEpisodeText(
    JSON.stringify({ version: '1.0.0', segments: [...segments, { startTime: 9, body: 'No' }] }),
  )
  expect(parsed.segments).toEqual([
    { start: 0, end: 2, speaker: 'D', text: 'I am your father.' },
    { start: 9, end: null, speaker: null, text: 'No' },
  ])
})

it('says where JSON stops being JSON', () => {
  const parsed = parseEpisodeText('{"segments": [\n{"body": "Hello"},\n{"body": oops}]}')
  expect(parsed.problems[0]?.line).toBe(3)
  expect(parsed.notes).toContain('Hello')
})

it('reads HTML transcripts with and without names', () => {
  const text =
    '<cite>Ann:</cite><time>0:53</time><p>It&#39;s <b>key</b>.</p><time>1:10</time><p>Again.</p><script>x()</script>'
  expect(parseEpisodeText(text).segments).toEqual([
    { start: 53, end: null, speaker: 'Ann', text: "It's key." },
    { start: 70, end: null, speaker: 'Ann', text: 'Again.' },
  ])
})

it('goes by the content of a file, not by its name', () => {
  const srt = '1\n00:00:00,000 --> 00:00:02,000\nHello'
  expect(sniff(srt, 'talk.vtt')).toBe('srt')
  expect(sniff('WEBVTT\n', 'talk.txt')).toBe('vtt')
  expect(sniff('[Music]\nHello', 'talk')).toBe('document')
  expect(sniff('<cite>A</cite>', 'talk.json')).toBe('html')
  expect(parseEpisodeText('Just prose in a file.\n\nOf two paragraphs.', 'my-talk_1.txt')).toMatchObject({
    title: 'my talk 1',
    segments: [{ text: 'Just prose in a file.' }, { text: 'Of two paragraphs.' }],
  })
})

describe.skipIf(!existsSync(REAL))('real files', () => {
  const read = (file: string) => parseEpisodeText(readFileSync(`${REAL}/${file}`, 'utf8'), file)
  const words = (file: string) =>
    read(file)
      .segments.map(({ text }) => text)
      .join(' ')
      .replace(/\s+/gu, ' ')

  it('gives all 44 cues of a file whose times the standard forbids', () => {
    const { segments, problems } = read('transcripts/podnews-daily.vtt')
    expect(segments).toHaveLength(44)
    expect(segments[0]).toMatchObject({ start: 0.86, end: 7.38, speaker: 'SPEAKER_1' })
    expect(problems).toEqual([])
    expect(joinForReading(segments)).toHaveLength(44)
  })

  it('reads the same words in three formats of one transcript', () => {
    expect(words('transcripts/buzzcast.srt')).toBe(words('transcripts/buzzcast.json'))
    // The page has two sentences more than the other two files.
    const page = words('transcripts/buzzcast.html')
    expect(page.startsWith(words('transcripts/buzzcast.json'))).toBe(true)
  })

  it('reads every timeline without a complaint', () => {
    const chapters = { '041': 8, '159': 5, '531': 19, '687': 16, '727': 26, '926': 7 }
    for (const [show, count] of Object.entries(chapters)) {
      const parsed = read(`timelines/syntax-${show}.md`)
      expect(parsed.problems).toEqual([])
      expect([show, parsed.chapters.length]).toEqual([show, count])
    }
  })
})
