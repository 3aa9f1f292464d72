import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { placeAnchor } from '#shared/anchors.ts'
import type { Segment } from '#shared/episodes.ts'
import type { Correction } from '#shared/transcripts.ts'
import { openCircle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const said = (start: number | null, speaker: string | null, text: string): Segment => ({
  start,
  end: start === null ? null : start + 10,
  speaker,
  text,
})
const TALK = [
  said(0, 'Hots', 'Welcome to the show.'),
  said(10, 'Guest', 'The first month was the hardset of all.'),
  said(20, null, 'What changed? I wrote one rule on a card.'),
  said(30, 'Hots', 'So the silence'),
  said(40, 'Hots', 'was the work.'),
]

/** The Tuesday circle with a talk that Ben imported. */
async function openTalk(segments: Segment[] = TALK) {
  const circle = await openCircle()
  const episodeId = randomUUID()
  const { ben, slug } = circle
  await ben.api.saveEpisode({ params: { slug }, body: { id: episodeId, title: 'A talk', segments } })
  const one = { params: { slug, episodeId } }
  const read = async () => (await ben.api.getEpisode(one)).segments
  const lines = async () => (await read()).map(({ speaker, text }) => `${speaker ?? '?'}: ${text}`)
  const revision = async () => (await ben.api.getEpisode(one)).revision
  const correct = async (who: TestPerson, correction: Correction, id: string = randomUUID()) =>
    who.api.correctTranscript({ ...one, body: { id, revision: await revision(), correction } })
  const undo = (who: TestPerson, changeId: string) =>
    who.api.undoCorrection({ params: { ...one.params, changeId }, body: { id: randomUUID() } })
  const history = (who: TestPerson) => who.api.getTranscriptHistory({ ...one, query: {} })
  const line = async (segment: number, more: Partial<Segment>): Promise<Correction> => {
    const now = (await read())[segment]
    if (!now) throw new Error(`no line ${segment}`)
    return { kind: 'line', segment, ...now, ...more }
  }
  return { ...circle, one, episodeId, read, lines, revision, correct, undo, history, line }
}

it('X1: is put right by any member, told to its readers, and written down: who, when, before and after', async () => {
  const { ada, ben, cleo, zoe, one, read, correct, history, line, pass, house, episodeId } = await openTalk()
  const { position } = await ben.api.getDiscussion(one)
  const news = await ben.follow(episodeId, position)
  pass({ minutes: 5 })

  const fixed = await correct(
    cleo,
    await line(1, { text: ' The first month was\nthe hardest of all. ', start: 11 }),
  )

  expect((await read())[1]).toEqual({
    start: 11,
    end: 20,
    speaker: 'Guest',
    text: 'The first month was the hardest of all.',
  })
  await news.until('episode-changed')
  const { revision, changes, more } = await history(ada)
  expect({ revision, more }).toEqual({ revision: 2, more: false })
  expect(changes).toEqual([{ ...fixed, mayUndo: true }])
  expect(changes).toMatchObject([
    {
      kind: 'line',
      by: { name: 'Cleo' },
      at: house.now().toISOString(),
      record: {
        segment: 1,
        before: [{ text: 'The first month was the hardset of all.' }],
        after: [{ text: 'The first month was the hardest of all.' }],
      },
    },
  ])

  const notFound = { code: 'not-found' }
  const body = { id: randomUUID(), revision: 2, correction: await line(1, { text: 'Never said.' }) }
  await expect(zoe.api.correctTranscript({ ...one, body })).rejects.toMatchObject(notFound)
  await expect(zoe.api.getTranscriptHistory({ ...one, query: {} })).rejects.toMatchObject(notFound)
  await expect(zoe.api.getCorrections(one)).rejects.toMatchObject(notFound)
  await expect(
    zoe.api.undoCorrection({ params: { ...one.params, changeId: fixed.id }, body: { id: randomUUID() } }),
  ).rejects.toMatchObject(notFound)
  expect((await history(ada)).changes).toHaveLength(1)
})

it('names a speaker everywhere in this episode and in no other, and an unknown one in a turn', async () => {
  const { ben, cleo, slug, one, lines, correct, undo } = await openTalk()
  const other = randomUUID()
  await ben.api.saveEpisode({ params: { slug }, body: { id: other, title: 'Another', segments: TALK } })

  const renamed = await correct(cleo, { kind: 'speaker', segment: 3, to: ' Host ', scope: 'everywhere' })
  const named = await correct(cleo, { kind: 'speaker', segment: 2, to: 'Guest', scope: 'turn' })

  expect(renamed.record).toMatchObject({
    from: 'Hots',
    to: 'Host',
    lines: 3,
    ranges: [
      [0, 0],
      [3, 4],
    ],
  })
  expect(named.record).toMatchObject({ from: null, to: 'Guest', lines: 1, ranges: [[2, 2]] })
  expect((await lines()).map((each) => each.split(':')[0])).toEqual([
    'Host',
    'Guest',
    'Guest',
    'Host',
    'Host',
  ])
  const untouched = await ben.api.getEpisode({ params: { ...one.params, episodeId: other } })
  expect(untouched.segments).toEqual(TALK)

  // What was joined and split meanwhile does not matter; a line that got another name since keeps it.
  await correct(cleo, { kind: 'join', segment: 3 })
  await correct(cleo, { kind: 'speaker', segment: 0, to: 'Moderator', scope: 'turn' })
  await undo(cleo, renamed.id)
  expect(await lines()).toEqual([
    'Moderator: Welcome to the show.',
    'Guest: The first month was the hardset of all.',
    'Guest: What changed? I wrote one rule on a card.',
    'Hots: So the silence was the work.',
  ])
})

it('splits a line before a character and joins two, and takes both back', async () => {
  const { cleo, read, lines, correct, undo } = await openTalk()

  const split = await correct(cleo, { kind: 'split', segment: 2, offset: 14 })
  expect((await read()).slice(2, 4)).toEqual([
    { start: 20, end: 23.415, speaker: null, text: 'What changed?' },
    { start: 23.415, end: 30, speaker: null, text: 'I wrote one rule on a card.' },
  ])
  const joined = await correct(cleo, { kind: 'join', segment: 4 })
  expect((await read())[4]).toEqual({
    start: 30,
    end: 50,
    speaker: 'Hots',
    text: 'So the silence was the work.',
  })
  expect(await lines()).toHaveLength(5)

  await undo(cleo, split.id)
  await undo(cleo, joined.id)
  expect(await read()).toEqual(TALK)
})

it('takes back one change, and leaves what others corrected in the same line', async () => {
  const { ben, cleo, correct, undo, line, read, lines, history } = await openTalk()
  const words = await correct(cleo, await line(1, { text: 'The first month was the hardest of all.' }))
  await correct(ben, { kind: 'speaker', segment: 1, to: 'Ann Lee', scope: 'everywhere' })
  await correct(ben, await line(1, { start: 12 }))

  const back = await undo(cleo, words.id)
  expect((await read())[1]).toMatchObject({ start: 12, speaker: 'Ann Lee', text: TALK[1]?.text })
  expect(back).toMatchObject({ kind: 'line', undoes: 2, by: { name: 'Cleo' } })
  expect((await history(ben)).changes).toMatchObject([
    { revision: 5, undoes: 2 },
    { revision: 4 },
    { revision: 3 },
    { revision: 2, ended: 'undone', endedBy: 5, mayUndo: false },
  ])
  await expect(undo(cleo, words.id)).rejects.toMatchObject({ code: 'conflict' })

  // An undo can be taken back as well; and then the first change too, again.
  await undo(cleo, back.id)
  expect((await lines())[1]).toBe('Ann Lee: The first month was the hardest of all.')
  await undo(cleo, words.id)
  expect((await lines())[1]).toBe('Ann Lee: The first month was the hardset of all.')
})

it('says so when a change no longer fits, and changes nothing then', async () => {
  const { ben, cleo, correct, undo, line, read, history } = await openTalk()
  const words = await correct(cleo, await line(3, { text: 'So, the silence' }))
  await correct(ben, { kind: 'join', segment: 3 })
  const before = await read()

  await expect(undo(cleo, words.id)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('changed again since') as string,
  })
  expect(await read()).toEqual(before)
  expect((await history(cleo)).changes).toHaveLength(2)
})

it('X2: lets members take back their own, and those who lead everything; what was taken back the others do not read', async () => {
  const { ada, ben, cleo, join, correct, undo, line, history, lines } = await openTalk()
  const dana = await join('Dana')
  const spoiled = await correct(cleo, await line(0, { text: 'Something nasty about Dana.' }))

  await expect(undo(dana, spoiled.id)).rejects.toMatchObject({ code: 'not-allowed' })
  await undo(ben, spoiled.id)
  expect((await lines())[0]).toBe('Hots: Welcome to the show.')
  expect(JSON.stringify(await history(dana))).not.toContain('nasty')
  for (const who of [ada, ben, cleo]) expect(JSON.stringify(await history(who))).toContain('nasty')

  const mine = await correct(dana, await line(0, { text: 'Welcome to this show.' }))
  await undo(dana, mine.id)
  const third = await correct(dana, await line(0, { text: 'Welcome to our show.' }))
  await undo(ada, third.id)
  expect((await lines())[0]).toBe('Hots: Welcome to the show.')
})

it('X2: shows the others no words that were taken back in what was changed since, in no list', async () => {
  const { ada, ben, cleo, one, join, correct, undo, line, history, lines } = await openTalk()
  const dana = await join('Dana')
  const spoiled = await correct(cleo, { kind: 'speaker', segment: 3, to: 'Nasty', scope: 'everywhere' })
  await correct(ben, await line(3, { text: 'So, the silence' }))
  const renamed = await correct(ben, { kind: 'speaker', segment: 0, to: 'Host', scope: 'turn' })
  expect(JSON.stringify(await history(dana))).toContain('Nasty')
  await undo(ada, spoiled.id)

  expect(await lines()).toContain('Hots: So, the silence')
  const { changes } = await history(dana)
  expect(JSON.stringify(changes)).not.toContain('Nasty')
  expect(changes.map(({ record }) => record)).toEqual([
    null,
    { kind: 'speaker', to: 'Host', ranges: [[0, 0]], lines: 1 },
    {
      kind: 'line',
      segment: 3,
      before: [{ start: 30, end: 40, text: 'So the silence' }],
      after: [{ start: 30, end: 40, text: 'So, the silence' }],
    },
    null,
  ])
  const whole = (await history(ada)).changes
  expect(whole.find(({ id }) => id === renamed.id)?.record).toMatchObject({ from: 'Nasty', to: 'Host' })
  for (const who of [cleo, dana])
    await expect(who.api.getCorrections(one)).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('import it again') as string,
    })
  expect((await ada.api.getCorrections(one)).corrections).toHaveLength(2)
})

it('X2: hides what was taken back also when it was brought back and taken back again', async () => {
  const { ada, ben, cleo, one, join, correct, undo, line, history, lines } = await openTalk()
  const dana = await join('Dana')
  const spoiled = await correct(cleo, await line(0, { text: 'Something nasty.' }))
  const back = await undo(cleo, spoiled.id)
  const again = await undo(cleo, back.id)
  expect((await lines())[0]).toBe('Hots: Something nasty.')
  await undo(ben, again.id)

  expect((await lines())[0]).toBe('Hots: Welcome to the show.')
  expect(JSON.stringify(await history(dana))).not.toContain('nasty')
  expect((await ada.api.getCorrections(one)).corrections).toEqual([])
})

it('X2: lets those who lead hide the words of a change that an import ended', async () => {
  const { ben, cleo, one, join, correct, undo, line, history, read, revision, lines } = await openTalk()
  const dana = await join('Dana')
  const spoiled = await correct(cleo, await line(0, { text: 'Something nasty about Dana.' }))
  const parted = await correct(dana, { kind: 'split', segment: 0, offset: 10 })
  const body = {
    ...{ revision: await revision(), title: 'A talk', showTitle: null, audioUrl: null, pageUrl: null },
    ...{ duration: null, language: null, publishedAt: null, people: [], chapters: [], notes: '' },
    segments: TALK,
  }
  await ben.api.reimportEpisode({ ...one, body })
  const fixed = await correct(dana, await line(3, { text: 'So, the silence' }))
  const eve = await join('Eve')
  const may = async (who: TestPerson) =>
    (await history(who)).changes.flatMap(({ id, mayUndo }) => (mayUndo ? [id] : []))
  expect(JSON.stringify(await history(eve))).toContain('nasty')
  expect(await may(cleo)).toEqual([])
  expect(await may(ben)).toEqual([fixed.id, parted.id, spoiled.id])
  await expect(undo(eve, spoiled.id)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(undo(cleo, spoiled.id)).rejects.toMatchObject({ code: 'conflict' })

  const before = await read()
  const hidden = await undo(ben, spoiled.id)

  expect(hidden).toMatchObject({ kind: 'line', record: null, undoes: spoiled.revision, mayUndo: false })
  expect(await read()).toEqual(before)
  const told = JSON.stringify(await history(eve))
  expect(told).not.toContain('nasty')
  expect(told).not.toContain('Something')
  expect(JSON.stringify(await history(ben))).toContain('nasty')
  await expect(undo(ben, spoiled.id)).rejects.toMatchObject({ code: 'conflict' })
  await expect(undo(ben, hidden.id)).rejects.toMatchObject({ code: 'conflict' })

  // A split that is in no text moves no lines of what is taken back later.
  await undo(ben, parted.id)
  await undo(dana, fixed.id)
  expect((await lines())[3]).toBe('Hots: So the silence')
})

it('X3: refuses a correction of a text that changed meanwhile, and every other that makes no sense, in a sentence', async () => {
  const { ben, cleo, one, correct, line, read, revision } = await openTalk()
  const before = await read()
  const seen = await revision()
  await correct(ben, { kind: 'speaker', segment: 0, to: 'Host', scope: 'turn' })
  const send = (correction: Correction, at = seen) =>
    cleo.api.correctTranscript({ ...one, body: { id: randomUUID(), revision: at, correction } })

  await expect(send(await line(1, { text: 'Mine.' }))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('still here') as string,
  })
  const now = await revision()
  const says = async (correction: Correction, field: string, words: string) =>
    expect(send(correction, now)).rejects.toMatchObject({
      field,
      message: expect.stringContaining(words) as string,
    })
  await says(await line(1, { text: ' \n ' }), 'text', 'needs words')
  await says(await line(1, {}), 'text', 'stands there already')
  await says(await line(1, { end: 3 }), 'end', 'before it begins')
  await says(await line(1, { text: 'x'.repeat(100_001) }), 'correction/text', '')
  await says({ kind: 'speaker', segment: 0, to: 'Host', scope: 'everywhere' }, 'to', 'already')
  await says({ kind: 'split', segment: 0, offset: 0 }, 'offset', 'between two of its words')
  await says({ kind: 'split', segment: 0, offset: 999 }, 'offset', 'between two of its words')
  await expect(send({ kind: 'join', segment: 4 }, now)).rejects.toMatchObject({ code: 'invalid' })
  await expect(send({ kind: 'join', segment: 99 }, now)).rejects.toMatchObject({ code: 'not-found' })
  await expect(send(await line(1, { start: -1 }), now)).rejects.toMatchObject({ code: 'invalid' })
  await expect(send(await line(1, { text: 'nul\u0000' }), now)).rejects.toMatchObject({ code: 'invalid' })
  expect((await read()).slice(1)).toEqual(before.slice(1))
  expect(await revision()).toBe(now)
})

it('happens once, however often it is sent, and one after the other when it is sent at once', async () => {
  const { ada, ben, cleo, one, line, correct, history, revision, slug } = await openTalk()
  const id = randomUUID()
  const body = { id, revision: 1, correction: await line(0, { text: 'Welcome back.' }) }
  const first = await cleo.api.correctTranscript({ ...one, body })
  expect(await cleo.api.correctTranscript({ ...one, body })).toEqual(first)
  await expect(ben.api.correctTranscript({ ...one, body })).rejects.toMatchObject({ code: 'conflict' })
  const other = randomUUID()
  await ben.api.saveEpisode({ params: { slug }, body: { id: other, title: 'Another', segments: TALK } })
  await expect(
    cleo.api.correctTranscript({ params: { slug, episodeId: other }, body }),
  ).rejects.toMatchObject({ code: 'conflict' })

  const tries = await Promise.allSettled(
    [ada, ben, cleo].map(async (who) =>
      who.api.correctTranscript({
        ...one,
        body: { id: randomUUID(), revision: 2, correction: await line(4, { text: `By ${who.name}.` }) },
      }),
    ),
  )
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(await revision()).toBe(3)
  const undos = await Promise.allSettled(
    [ada, ben].map((who) =>
      who.api.undoCorrection({ params: { ...one.params, changeId: id }, body: { id: randomUUID() } }),
    ),
  )
  expect(undos.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  for (let count = 0; count < 60; count += 1) await correct(ada, await line(0, { text: `Welcome ${count}.` }))
  const newest = await history(ada)
  expect([newest.changes.length, newest.more]).toEqual([50, true])
  const older = await ada.api.getTranscriptHistory({
    ...one,
    query: { before: newest.changes.at(-1)?.revision },
  })
  expect([...newest.changes, ...older.changes].map(({ revision: each }) => each)).toEqual(
    Array.from({ length: 63 }, (_, index) => 64 - index),
  )
})

it('loses no thread to a corrected name, and finds the words of each anew in the corrected text', async () => {
  const { ben, cleo, one, correct, line, read } = await openTalk()
  const anchor = {
    quote: 'I wrote one rule on a card',
    prefix: 'What changed? ',
    suffix: '.',
    speaker: null,
    start: 20,
    end: 30,
    chapter: null,
    revision: 1,
  }
  const body = { threadId: randomUUID(), postId: randomUUID(), anchor, body: 'Tried it.', question: false }
  const { anchor: kept } = await ben.api.startThread({ ...one, body })
  expect(kept).toEqual(anchor)
  const state = async () => placeAnchor(anchor, await read()).state

  await correct(cleo, { kind: 'speaker', segment: 2, to: 'Guest', scope: 'turn' })
  expect(await state()).toBe('exact')
  await correct(cleo, { kind: 'join', segment: 1 })
  expect(await state()).toBe('exact')
  await correct(cleo, await line(1, { text: 'The hardest. What changed? I wrote a rule on a card.' }))
  expect(await state()).toBe('uncertain')
  await correct(cleo, await line(1, { text: 'Something else was said here.' }))
  expect(await state()).toBe('lost')
})

it('X3: offers an import to keep what fits, does it again in the new text, and marks the rest as gone', async () => {
  const { ada, ben, cleo, one, correct, undo, line, read, lines, history } = await openTalk()
  const words = await correct(cleo, await line(1, { text: 'The first month was the hardest of all.' }))
  const name = await correct(cleo, { kind: 'speaker', segment: 0, to: 'Host', scope: 'everywhere' })
  const joined = await correct(cleo, { kind: 'join', segment: 3 })
  const gone = await correct(cleo, await line(2, { text: 'What changed? I wrote a rule on a card.' }))
  const taken = await correct(cleo, await line(0, { text: 'Hello.' }))
  await undo(cleo, taken.id)
  const { corrections, revision } = await ben.api.getCorrections(one)
  expect(corrections.map(({ id }) => id)).toEqual([words.id, name.id, joined.id, gone.id])

  const again = {
    revision,
    title: 'A talk',
    showTitle: null,
    audioUrl: null,
    pageUrl: null,
    notes: '',
    duration: null,
    language: null,
    publishedAt: null,
    people: [],
    chapters: [],
    // With an advertisement before it, and a passage that was transcribed otherwise.
    segments: [
      said(0, 'Ad', 'Buy this.'),
      ...TALK.map((each) => ({ ...each, start: (each.start ?? 0) + 42, end: (each.end ?? 0) + 42 })),
    ].with(3, said(62, null, 'And what changed then?')),
    keep: corrections.map(({ id }) => id),
  }
  await expect(
    ben.api.reimportEpisode({ ...one, body: { ...again, revision: revision - 1 } }),
  ).rejects.toMatchObject({ code: 'conflict' })
  await ben.api.reimportEpisode({ ...one, body: again })
  await ben.api.reimportEpisode({ ...one, body: again })

  expect(await lines()).toEqual([
    'Ad: Buy this.',
    'Host: Welcome to the show.',
    'Guest: The first month was the hardest of all.',
    '?: And what changed then?',
    'Host: So the silence was the work.',
  ])
  expect((await read())[4]).toMatchObject({ start: 72, end: 92 })
  const { changes } = await history(ada)
  expect(changes[0]).toMatchObject({ kind: 'import', by: { name: 'Ben' }, record: null, mayUndo: false })
  const ended = (id: string) => changes.find((change) => change.id === id)?.ended
  expect([words, name, joined, gone, taken].map(({ id }) => ended(id))).toEqual([
    null,
    null,
    null,
    'import',
    'undone',
  ])

  // What was kept is still a correction: it can be taken back where it stands now, and kept once more.
  await undo(cleo, words.id)
  await undo(cleo, joined.id)
  expect((await lines()).slice(2)).toEqual([
    'Guest: The first month was the hardset of all.',
    '?: And what changed then?',
    'Host: So the silence',
    'Host: was the work.',
  ])
  expect((await ben.api.getCorrections(one)).corrections.map(({ id }) => id)).toEqual([name.id])
  await expect(undo(ada, changes[0]?.id ?? '')).rejects.toMatchObject({ code: 'invalid' })
})

it('keeps its corrections when an import brings other notes and the same text', async () => {
  const { ben, cleo, one, correct, read, undo } = await openTalk()
  const joined = await correct(cleo, { kind: 'join', segment: 3 })
  const { revision } = await ben.api.getCorrections(one)
  const body = {
    ...{ revision, title: 'A talk', showTitle: null, audioUrl: null, pageUrl: null, duration: null },
    ...{ language: null, publishedAt: null, people: [], chapters: [], notes: 'Better notes.' },
    segments: await read(),
  }
  await ben.api.reimportEpisode({ ...one, body })

  expect((await ben.api.getEpisode(one)).notes).toBe('Better notes.')
  expect((await ben.api.getCorrections(one)).corrections.map(({ id }) => id)).toEqual([joined.id])
  await undo(cleo, joined.id)
  expect(await read()).toEqual(TALK)
})

it('is not corrected in a group that has ended', async () => {
  const { ada, cleo, correct, line, slug, join, undo, history } = await openTalk()
  const olga = await join('Olga', 'organizer')
  const done = await correct(cleo, await line(0, { text: 'Welcome.' }))
  const correction = await line(0, { text: 'Welcome again.' })
  await olga.api.endGroup({ params: { slug }, body: { thanks: '' } })

  await expect(correct(cleo, correction)).rejects.toMatchObject({
    message: expect.stringContaining('ended') as string,
  })
  await expect(undo(cleo, done.id)).rejects.toMatchObject({
    message: expect.stringContaining('ended') as string,
  })
  expect((await history(ada)).changes).toHaveLength(1)
})
