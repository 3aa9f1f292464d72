import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { groups, highlights, memberships, passages, threads } from '#db/schema.ts'
import type { EpisodeDraft } from '#shared/episodes.ts'
import type { Hit, SearchAsked, SearchFound } from '#shared/search.ts'
import { openCircle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const transcript = [
  { start: 10, end: 14, speaker: 'Ada Lovelace', text: 'Whoever leads without' },
  { start: 14, end: 20, speaker: 'Ada Lovelace', text: 'authority asks before telling.' },
  {
    start: 20,
    end: 31,
    speaker: 'Guest',
    text: 'I was the captain of a tugboat, and then of a carrier in the café.',
  },
  { start: 31, end: 44, speaker: 'Guest', text: 'Nobody told me how to give feedback.' },
]

const draft = (more: Partial<EpisodeDraft> = {}): EpisodeDraft => ({
  id: randomUUID(),
  title: 'Influence at any level',
  showTitle: 'The short side',
  language: 'en',
  notes: 'With a biography of the guest, who sails.',
  chapters: [
    { start: 0, title: 'Welcome' },
    { start: 20, title: 'Titles and ships' },
  ],
  segments: transcript,
  ...more,
})

const textOf = ({ parts }: Hit) => parts.map(({ text }) => text).join('')
const marked = ({ parts }: Hit) => parts.filter((part) => part.marked).map(({ text }) => text)
const hitsOf = ({ places }: SearchFound) => places.flatMap(({ hits }) => hits)

/** The Tuesday circle with an episode that can be looked through. */
async function openLibrary(more: Partial<EpisodeDraft> = {}) {
  const circle = await openCircle()
  const { slug, ada } = circle
  const episode = draft(more)
  await ada.api.saveEpisode({ params: { slug }, body: episode })
  const params = { slug, episodeId: episode.id }
  return {
    ...circle,
    episode,
    params,
    look: (who: TestPerson, words: string, where: Omit<SearchAsked, 'words'> = {}) =>
      who.api.search({ query: { words, ...where } }),
    write: async (who: TestPerson, body: string, start: number | null = 20) => {
      const [threadId, postId] = [randomUUID(), randomUUID()]
      await who.api.startThread({
        params,
        body: {
          threadId,
          postId,
          anchor: { quote: '', prefix: '', suffix: '', speaker: null, start, end: null, chapter: null },
          body,
          question: false,
        },
      })
      return { threadId, postId }
    },
    /** Zoe's own private group, with the same episode and words of hers. */
    openElsewhere: async () => {
      const { zoe, groupId, house } = circle
      const [like] = await house.db.select().from(groups).where(eq(groups.id, groupId))
      if (!like) throw new Error('There is no circle.')
      const [id, other] = [randomUUID(), `other-${randomUUID().slice(0, 8)}`]
      await house.db.insert(groups).values({ ...like, id, slug: other, name: 'Elsewhere' })
      await house.db
        .insert(memberships)
        .values({ groupId: id, accountId: zoe.id, role: 'organizer', status: 'active' })
      const theirs = draft({
        segments: [...transcript, { start: 50, end: 60, speaker: 'Zoe', text: 'Project Nightjar.' }],
      })
      await zoe.api.saveEpisode({ params: { slug: other }, body: theirs })
      return { slug: other, id, episodeId: theirs.id }
    },
  }
}

it('Q1: words of a transcript are found with who says them and the moment to jump to, and strangers find nothing', async () => {
  const { ben, zoe, look, episode, slug } = await openLibrary()

  const found = await look(ben, 'tugboats')
  expect(found).toMatchObject({ count: 1, more: false, next: null })
  expect(found.places).toMatchObject([
    { id: episode.id, group: { slug }, episode: { title: 'Influence at any level' }, count: 1 },
  ])
  const [hit] = hitsOf(found)
  expect(hit).toMatchObject({ kind: 'transcript', start: 20, speaker: 'Guest', by: null })
  expect(hit && marked(hit)).toEqual(['tugboat'])

  expect(await look(zoe, 'tugboats')).toMatchObject({ count: 0, places: [], groups: [], speakers: [] })
})

it('a phrase is found across captions, words without accents, and what must not be there is not', async () => {
  const { ben, look } = await openLibrary()
  const across = hitsOf(await look(ben, '"leads without authority"'))
  expect(across.map((hit) => [hit.start, marked(hit)])).toEqual([[10, ['leads without authority']]])
  expect(hitsOf(await look(ben, 'CAFE')).map(marked)).toEqual([['café']])
  expect((await look(ben, '"authority without leads"')).count).toBe(0)
  expect((await look(ben, 'captain -tugboat')).count).toBe(0)
  expect((await look(ben, 'captain or authority')).count).toBe(2)
  expect((await look(ben, 'captain authority')).count).toBe(0)
})

it('the language of an episode decides how its words are bent', async () => {
  const { ada, ben, slug, look } = await openLibrary()
  await ada.api.saveEpisode({
    params: { slug },
    body: draft({
      title: 'Der kurze Weg',
      language: 'de-AT',
      segments: [{ start: 5, end: 9, speaker: 'Ilse', text: 'Die Häuser der Führungskräfte in Österreich.' }],
    }),
  })
  await ada.api.saveEpisode({
    params: { slug },
    body: draft({
      title: '短い辺',
      language: 'ja',
      segments: [{ start: 7, end: 9, speaker: 'Aiko', text: '私は東京タワーに行きました。京都ではない。' }],
    }),
  })
  expect(hitsOf(await look(ben, 'haus osterreich')).map(marked)).toEqual([['Häuser', 'Österreich']])
  expect(hitsOf(await look(ben, '東京')).map(marked)).toEqual([['東京']])
  expect((await look(ben, '京東')).count).toBe(0)
})

it('Q3: titles, chapters, notes and posts are found too, each as what it is', async () => {
  const { ada, ben, look, write, episode } = await openLibrary()
  const { threadId, postId } = await write(ada, 'Titles are **overrated**, said <b>nobody</b>.')

  expect(hitsOf(await look(ben, 'influence')).map(({ kind }) => kind)).toEqual(['title'])
  expect(hitsOf(await look(ben, 'ships'))).toMatchObject([{ kind: 'chapter', start: 20 }])
  expect(hitsOf(await look(ben, 'biographies'))).toMatchObject([{ kind: 'notes', start: null }])
  const [post] = hitsOf(await look(ben, 'overrated'))
  expect(post).toMatchObject({ kind: 'post', threadId, postId, by: { name: 'Ada' } })
  expect(post && textOf(post)).toBe('Titles are overrated, said <b>nobody</b>.')

  const all = await look(ben, 'titles')
  expect(all.kinds).toEqual([
    { kind: 'chapter', count: 1 },
    { kind: 'post', count: 1 },
  ])
  expect(all.places).toHaveLength(1)
  expect(hitsOf(await look(ben, 'titles', { kind: 'post' })).map(({ kind }) => kind)).toEqual(['post'])
  expect((await look(ben, 'titles', { episode: episode.id })).count).toBe(2)
})

it('Q1: a speaker, a person and a group narrow it; what is not mine is as unknown as what never was', async () => {
  const { ada, ben, zoe, slug, look, write, openElsewhere } = await openLibrary()
  await write(ben, 'A captain is no title.')
  const other = await openElsewhere()

  expect((await look(ada, 'captain')).count).toBe(2)
  expect((await look(ada, 'captain', { speaker: 'guest' })).count).toBe(1)
  expect((await look(ada, 'captain', { speaker: 'lovelace' })).count).toBe(0)
  expect((await look(ada, 'authority', { speaker: 'LOVELACE' })).count).toBe(1)
  expect((await look(ada, 'captain', { person: ben.id })).count).toBe(1)
  expect((await look(ada, 'captain', { person: zoe.id })).count).toBe(0)
  expect((await look(ada, 'captain', { group: slug })).groups).toMatchObject([{ slug, count: 2 }])
  expect((await look(ada, 'captain')).people).toEqual([{ id: ben.id, name: 'Ben', count: 1 }])

  for (const nothing of [
    { group: other.slug },
    { group: 'never' },
    { episode: other.episodeId },
    { episode: randomUUID() },
  ])
    await expect(look(ada, 'captain', nothing)).rejects.toMatchObject({ code: 'not-found' })
})

it('Q1: whose membership has ended finds nothing there any more', async () => {
  const { ben, groupId, house, look } = await openLibrary()
  expect((await look(ben, 'captain')).count).toBe(1)
  for (const status of ['left', 'removed', 'invited', 'requested', 'waitlisted'] as const) {
    await house.db
      .update(memberships)
      .set({ status })
      .where(and(eq(memberships.groupId, groupId), eq(memberships.accountId, ben.id)))
    expect(await look(ben, 'captain')).toMatchObject({ count: 0, places: [], groups: [] })
  }
})

it('Q1: nobody learns what a private group says: not by words, counts or choices, and its words are not even looked at', async () => {
  const { ada, zoe, house, look, openElsewhere } = await openLibrary()
  const before = await look(ada, 'captain or nightjar or feedback')
  await openElsewhere()
  expect(await look(ada, 'captain or nightjar or feedback')).toEqual(before)
  expect((await look(ada, 'nightjar')).count).toBe(0)
  expect((await look(zoe, 'nightjar')).count).toBe(1)

  const { rows } = await house.db.execute<{ word: string; groups: number }>(
    `select word, count(distinct group_id)::int as groups from passages, unnest(tsvector_to_array(words)) word
     group by word having count(distinct group_id) > 1`,
  )
  expect(rows).toEqual([])
})

it('Q2: what was edited, withdrawn, hidden or shown again is found as it is now, at once', async () => {
  const { ada, ben, cleo, slug, house, look, write } = await openLibrary()
  const { threadId, postId } = await write(ben, 'The heron stands.')
  const post = { params: { slug, threadId, postId } }
  const counts = async () => [(await look(cleo, 'heron')).count, (await look(cleo, 'egret')).count]
  expect(await counts()).toEqual([1, 0])

  await ben.api.editPost({ ...post, body: { body: 'The egret stands.' } })
  expect(await counts()).toEqual([0, 1])

  await ada.api.hidePost({ ...post, body: { reason: 'Not here.' } })
  expect(await counts()).toEqual([0, 0])
  expect((await look(ben, 'egret')).count).toBe(0)
  await ada.api.showPost(post)
  expect(await counts()).toEqual([0, 1])

  await ben.api.withdrawPost(post)
  expect(await counts()).toEqual([0, 0])
  expect(await house.db.select().from(passages).where(eq(passages.postId, postId))).toEqual([])
})

it('Q1: posts of people I blocked are not found by me, and are by the others', async () => {
  const { ada, ben, cleo, look, write } = await openLibrary()
  await write(ben, 'The heron stands.')
  await cleo.api.blockPerson({ params: { accountId: ben.id } })
  expect(await look(cleo, 'heron')).toMatchObject({ count: 0, places: [], people: [], kinds: [] })
  expect((await look(ada, 'heron')).count).toBe(1)
})

it('Q1, M5: a place is named by no title of somebody I blocked, and by it for the others', async () => {
  const { ada, ben, cleo, slug, look } = await openLibrary()
  const threadId = randomUUID()
  await ben.api.startGroupThread({
    params: { slug },
    body: { threadId, postId: randomUUID(), title: 'Loud title', body: 'Loud words.', question: false },
  })
  await cleo.api.reply({
    params: { slug, threadId },
    body: { postId: randomUUID(), body: 'The heron stands.' },
  })
  await ada.api.blockPerson({ params: { accountId: ben.id } })
  expect((await look(ada, 'heron')).places).toMatchObject([{ id: threadId, title: '' }])
  expect(JSON.stringify(await look(ada, 'heron'))).not.toContain('Loud')
  expect(await look(ada, 'loud')).toMatchObject({ count: 0, places: [] })
  expect((await look(cleo, 'heron')).places).toMatchObject([{ id: threadId, title: 'Loud title' }])
})

it('Q1: answers of others are found only once I answered, where that is asked', async () => {
  const { ada, ben, cleo, slug, look } = await openLibrary()
  const [threadId, postId] = [randomUUID(), randomUUID()]
  await ada.api.startGroupThread({
    params: { slug },
    body: {
      threadId,
      postId,
      title: 'Where is your line',
      body: 'Name one heron.',
      question: false,
      answerFirst: true,
    },
  })
  await ben.api.reply({
    params: { slug, threadId },
    body: { postId: randomUUID(), body: 'Mine is a grey heron.' },
  })

  expect(hitsOf(await look(cleo, 'heron')).map(textOf)).toEqual(['Name one heron.'])
  expect(await look(cleo, 'grey')).toMatchObject({ count: 0, people: [] })
  expect((await look(ben, 'grey')).count).toBe(1)
  expect((await look(cleo, 'line')).places).toMatchObject([
    { id: threadId, episode: null, title: 'Where is your line' },
  ])

  await cleo.api.reply({ params: { slug, threadId }, body: { postId: randomUUID(), body: 'White ones.' } })
  expect((await look(cleo, 'grey')).count).toBe(1)
})

it('Q2: the title of a thread goes with its first post', async () => {
  const { ada, ben, slug, house, look } = await openLibrary()
  const [threadId, postId] = [randomUUID(), randomUUID()]
  await ada.api.startGroupThread({
    params: { slug },
    body: { threadId, postId, title: 'Heron', body: 'Who saw one?', question: false },
  })
  expect((await look(ben, 'heron')).count).toBe(1)
  await ada.api.titleThread({ params: { slug, threadId }, body: { title: 'Egret' } })
  expect([(await look(ben, 'heron')).count, (await look(ben, 'egret')).count]).toEqual([0, 1])
  await ada.api.withdrawPost({ params: { slug, threadId, postId } })
  expect((await look(ben, 'egret')).count).toBe(0)
  expect(await house.db.select().from(passages).where(eq(passages.threadId, threadId))).toEqual([])
  expect(await house.db.select().from(threads).where(eq(threads.id, threadId))).toHaveLength(1)
})

it('Q2: an import again and a deleted episode are seen by search at once', async () => {
  const { ada, ben, look, params, episode } = await openLibrary()
  const { revision } = await ada.api.getEpisode({ params })
  const again = {
    ...draft({ segments: [{ start: 3, end: 9, speaker: 'Guest', text: 'An egret.' }] }),
    revision,
  }
  await ada.api.reimportEpisode({
    params,
    body: {
      ...again,
      notes: '',
      audioUrl: null,
      pageUrl: null,
      duration: null,
      publishedAt: null,
      people: [],
      showTitle: null,
      language: 'en',
      chapters: [],
      segments: again.segments ?? [],
    },
  })
  expect((await look(ben, 'captain')).count).toBe(0)
  expect(hitsOf(await look(ben, 'egret'))).toMatchObject([{ start: 3 }])
  await ada.api.deleteEpisode({ params })
  expect((await look(ben, 'egret')).count).toBe(0)
  await expect(look(ben, 'egret', { episode: episode.id })).rejects.toMatchObject({ code: 'not-found' })
})

it('Q1: notes of my own highlights are found by me, and by nobody else', async () => {
  const { ben, cleo, ada, house, groupId, episode, look } = await openLibrary()
  const anchor = {
    quote: 'captain',
    prefix: '',
    suffix: '',
    speaker: 'Guest',
    start: 22,
    end: 30,
    chapter: 20,
  }
  await house.db.insert(highlights).values({
    accountId: ben.id,
    id: randomUUID(),
    groupId,
    episodeId: episode.id,
    anchor,
    note: 'My heron thought',
    markedAt: house.now(),
  })
  expect(hitsOf(await look(ben, 'heron'))).toMatchObject([
    { kind: 'highlight', start: 22, by: { name: 'Ben' } },
  ])
  expect((await look(ben, 'heron', { kind: 'highlight', episode: episode.id })).count).toBe(1)
  for (const other of [cleo, ada]) expect(await look(other, 'heron')).toMatchObject({ count: 0, kinds: [] })
})

it('pages follow each other without a gap and without a double', async () => {
  const { ada, ben, slug, look } = await openLibrary({ segments: [] })
  const long = draft({
    segments: Array.from({ length: 45 }, (_, at) => ({
      start: at * 60,
      end: at * 60 + 50,
      speaker: at % 2 ? 'Guest' : 'Ada',
      text: `Heron number ${at}.`,
    })),
  })
  await ada.api.saveEpisode({ params: { slug }, body: long })
  for (let at = 0; at < 22; at += 1)
    await ada.api.saveEpisode({ params: { slug }, body: draft({ title: `Herons ${at}`, segments: [] }) })

  const places: string[] = []
  let after: string | undefined
  do {
    const page = await look(ben, 'heron', after === undefined ? {} : { after })
    expect(page.count).toBe(45 + 22)
    places.push(...page.places.map(({ id }) => id))
    after = page.next ?? undefined
  } while (after)
  expect(places).toHaveLength(23)
  expect(new Set(places).size).toBe(23)

  const moments: (number | null)[] = []
  do {
    const page = await look(ben, 'heron', { episode: long.id, ...(after === undefined ? {} : { after }) })
    moments.push(...hitsOf(page).map(({ start }) => start))
    after = page.next ?? undefined
  } while (after)
  expect(moments).toEqual(Array.from({ length: 45 }, (_, at) => at * 60))
})

it('more than anybody counts is said to be more, and the newest places are shown', async () => {
  const { ada, ben, slug, look } = await openLibrary({ segments: [] })
  const save = async (title: string) => {
    const id = randomUUID()
    const segments = Array.from({ length: 1_100 }, (_, at) => ({
      start: at,
      end: at + 1,
      speaker: at % 2 ? 'Guest' : 'Ada',
      text: 'A heron.',
    }))
    await ada.api.saveEpisode({ params: { slug }, body: draft({ id, title, segments }) })
    return id
  }
  await save('Old')
  const newest = await save('New')
  const found = await look(ben, 'heron')
  expect(found).toMatchObject({ count: 2_000, more: true })
  expect(found.places.length).toBeGreaterThan(0)
  expect((await look(ben, 'heron', { episode: newest })).count).toBe(1_100)
  expect((await look(ben, 'heron', { episode: newest, speaker: 'ada' })).count).toBe(550)
})

it('while I type, a word may go on', async () => {
  const { ben, look } = await openLibrary()
  expect((await look(ben, 'tugb')).count).toBe(0)
  expect(hitsOf(await look(ben, 'tugb', { typing: true })).map(marked)).toEqual([['tugboat']])
  expect(hitsOf(await look(ben, 'captain tugb', { typing: true })).map(marked)).toEqual([
    ['captain', 'tugboat'],
  ])
  expect((await look(ben, 'tugb ', { typing: true })).count).toBe(0)
})

it('odd input hears a sentence', async () => {
  const { ben, stranger, look } = await openLibrary()
  for (const words of ['', '   ', '-', '"" or -', 'a', '!?', '\u0000', '-boss'])
    await expect(look(ben, words)).rejects.toMatchObject({
      code: 'invalid',
      field: 'words',
      message: /^\S.*\.$/,
    })
  await expect(look(ben, 'the of and')).rejects.toMatchObject({ message: /nearly every sentence/ })
  await expect(look(ben, 'x'.repeat(10_240))).rejects.toMatchObject({
    message: '“words” may be at most 200 characters long; this is 10,240.',
  })
  for (const words of [
    "captain' | '",
    'captain & | ! ( ) :* <->',
    'captain\u0000',
    'cap\uD800tain captain or',
    '%_\\ captain',
  ])
    expect(typeof (await look(ben, words)).count).toBe('number')
  expect((await ben.request({ url: '/api/search?words=captain&episode=1' })).statusCode).toBe(422)
  expect((await ben.request({ url: '/api/search?words=captain&after=%27;drop' })).json()).toMatchObject({
    count: 1,
  })
  await expect(stranger().api.search({ query: { words: 'captain' } })).rejects.toMatchObject({
    code: 'not-signed-in',
  })
})
