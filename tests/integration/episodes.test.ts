import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { groups, memberships } from '#db/schema.ts'
import { openHouse, type TestHouse, type TestPerson } from '#tests/house.ts'

const draft = () => ({
  id: randomUUID(),
  title: 'Influence at any level',
  showTitle: 'Sample talks',
  notes: 'Read **more** at https://example.org\n\n<script>alert(1)</script>',
  chapters: [
    { start: 120, title: 'Asking' },
    { start: 0, title: 'Welcome' },
  ],
  segments: [
    { start: 0, end: 4, speaker: 'Host', text: 'Welcome.' },
    { start: 130, end: 131.5, speaker: null, text: 'What changed?' },
  ],
})

/** A group of Ada (organizer) and Ben, and Sven who is not in it. */
async function openGroup(house: TestHouse) {
  const [ada, ben, sven] = [await house.person('Ada'), await house.person('Ben'), await house.person('Sven')]
  const slug = `circle-${randomUUID().slice(0, 8)}`
  const [group] = await house.house.db
    .insert(groups)
    .values({
      slug,
      name: 'Tuesday circle',
      kind: 'internal',
      visibility: 'private',
      admission: 'invite-only',
      rhythm: 'weekly',
      zone: 'Europe/Berlin',
      places: 8,
    })
    .returning()
  if (!group) throw new Error('no group')
  const join = async (person: TestPerson, role: 'organizer' | 'member') =>
    house.house.db
      .insert(memberships)
      .values({ groupId: group.id, accountId: person.id, role, status: 'active' })
  await join(ada, 'organizer')
  await join(ben, 'member')
  return { ada, ben, sven, slug, group, join, params: { slug } }
}

it('lets any member import an episode that the others then read, and strangers not', async () => {
  const { ada, ben, sven, params } = await openGroup(await openHouse())
  const body = draft()

  const saved = await ben.api.saveEpisode({ params, body })

  expect(saved).toMatchObject({
    title: body.title,
    chapters: 2,
    threads: 0,
    openQuestions: 0,
    duration: 131.5,
  })
  expect(await ada.api.listEpisodes({ params })).toEqual([saved])
  const episode = await ada.api.getEpisode({ params: { ...params, episodeId: body.id } })
  expect(episode.chapters.map(({ title }) => title)).toEqual(['Welcome', 'Asking'])
  expect(episode.segments).toEqual(body.segments)
  expect(episode.notesHtml).toContain('<strong>more</strong>')
  expect(episode.notesHtml).not.toContain('<script')

  const notFound = { code: 'not-found' }
  await expect(sven.api.listEpisodes({ params })).rejects.toMatchObject(notFound)
  await expect(sven.api.saveEpisode({ params, body: draft() })).rejects.toMatchObject(notFound)
  const one = { params: { ...params, episodeId: body.id } }
  await expect(sven.api.getEpisode(one)).rejects.toMatchObject(notFound)
  await expect(sven.api.deleteEpisode(one)).rejects.toMatchObject(notFound)
})

it('saves once, however often it is sent, and refuses the id of somebody else', async () => {
  const { ada, ben, params } = await openGroup(await openHouse())
  const body = draft()

  const first = await ben.api.saveEpisode({ params, body })
  expect(await ben.api.saveEpisode({ params, body })).toEqual(first)
  await expect(ada.api.saveEpisode({ params, body })).rejects.toMatchObject({ code: 'conflict' })
  expect(await ada.api.listEpisodes({ params })).toHaveLength(1)
})

it('keeps an episode out of the other groups of its readers', async () => {
  const house = await openHouse()
  const { ben, params } = await openGroup(house)
  const other = await openGroup(house)
  const body = draft()
  await ben.api.saveEpisode({ params, body })

  const astray = { params: { slug: other.slug, episodeId: body.id } }
  await expect(other.ada.api.getEpisode(astray)).rejects.toMatchObject({ code: 'not-found' })
  await expect(other.ada.api.saveEpisode({ params: other.params, body })).rejects.toMatchObject({
    code: 'conflict',
  })
})

it('is deleted by whoever imported it or who facilitates, and by nobody else', async () => {
  const { ada, ben, params } = await openGroup(await openHouse())
  const [mine, hers] = [draft(), draft()]
  await ben.api.saveEpisode({ params, body: mine })
  await ada.api.saveEpisode({ params, body: hers })
  const remove = (person: TestPerson, episodeId: string) =>
    person.api.deleteEpisode({ params: { ...params, episodeId } })

  await expect(remove(ben, hers.id)).rejects.toMatchObject({ code: 'not-allowed' })
  await remove(ben, mine.id)
  await remove(ada, hers.id)
  expect(await ada.api.listEpisodes({ params })).toEqual([])
})

it('is imported again by whoever imported it or who facilitates, told to its readers, and only over what they saw', async () => {
  const house = await openHouse()
  const { ada, ben, sven, params, join } = await openGroup(house)
  const cleo = await house.person('Cleo')
  await join(cleo, 'member')
  const { id, ...rest } = draft()
  const whole = {
    pageUrl: null,
    audioUrl: null,
    duration: null,
    language: null,
    publishedAt: null,
    people: [],
  }
  await ben.api.saveEpisode({ params, body: { id, ...rest, ...whole } })
  const one = { params: { ...params, episodeId: id } }
  const before = await ben.api.getEpisode(one)
  const { position } = await cleo.api.getDiscussion(one)
  const news = await cleo.follow(id, position)
  const body = {
    ...rest,
    ...whole,
    revision: before.revision,
    title: 'Influence, corrected',
    segments: [...rest.segments, { start: 140, end: null, speaker: 'Guest', text: 'Silence did.' }],
  }
  expect(before.mayChange).toBe(true)
  expect((await cleo.api.getEpisode(one)).mayChange).toBe(false)

  await expect(cleo.api.reimportEpisode({ ...one, body })).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(sven.api.reimportEpisode({ ...one, body })).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    ben.api.reimportEpisode({ ...one, body: { ...body, audioUrl: 'javascript:alert(1)' } }),
  ).rejects.toMatchObject({ field: 'audioUrl' })
  expect(await ben.api.getEpisode(one)).toEqual(before)

  house.pass({ days: 1 })
  const saved = await ben.api.reimportEpisode({ ...one, body })
  expect(await ben.api.reimportEpisode({ ...one, body })).toEqual(saved)
  await news.until('episode-changed')
  const after = await cleo.api.getEpisode(one)
  expect(after).toMatchObject({ title: 'Influence, corrected', segments: body.segments })
  expect(after.chapters.map(({ title }) => title)).toEqual(['Welcome', 'Asking'])
  expect((await cleo.api.getDiscussion(one)).position.number).toBe(position.number + 1)

  const mine = { ...body, title: 'Looked at before Ben was done' }
  await expect(ada.api.reimportEpisode({ ...one, body: mine })).rejects.toMatchObject({ code: 'conflict' })
  house.pass({ days: 1 })
  await ada.api.reimportEpisode({ ...one, body: { ...mine, revision: after.revision } })
  expect((await cleo.api.getEpisode(one)).title).toBe(mine.title)
})

it('says which link is none, and keeps an episode without a title out', async () => {
  const { ben, params } = await openGroup(await openHouse())

  await expect(
    ben.api.saveEpisode({ params, body: { ...draft(), audioUrl: 'javascript:alert(1)' } }),
  ).rejects.toMatchObject({ field: 'audioUrl', message: expect.stringContaining('https://') as string })
  await expect(ben.api.saveEpisode({ params, body: { ...draft(), title: '  ' } })).rejects.toMatchObject({
    field: 'title',
  })
})

it('shows what a pasted document is understood as, to members, and saves nothing', async () => {
  const { ada, ben, sven, params } = await openGroup(await openHouse())
  const text =
    'A talk\n\n00:00 - Welcome\n\nTranscript\n00:00 - 00:04 | Host: Hello.\nno time here\n00:05 - 00:07 | Ann Lee: Hi.\n\nhttps://cdn.example.org/talk.mp3'

  const preview = await ben.api.previewText({ params, body: { text } })
  expect(preview).toMatchObject({
    title: 'A talk',
    chapters: [{ start: 0, title: 'Welcome' }],
    segments: [{ speaker: 'Host' }, { speaker: 'Ann Lee' }],
    problems: [{ line: 7 }],
    audioUrl: 'https://cdn.example.org/talk.mp3',
    duration: 7,
  })
  expect(await ada.api.listEpisodes({ params })).toEqual([])
  const { problems: _problems, ...understood } = preview
  await ben.api.saveEpisode({ params, body: { ...understood, id: randomUUID() } })
  expect(await ada.api.listEpisodes({ params })).toHaveLength(1)

  await expect(sven.api.previewText({ params, body: { text } })).rejects.toMatchObject({ code: 'not-found' })
})

it('refuses what can not be read, each in a sentence that says what to do', async () => {
  const { ben, params } = await openGroup(await openHouse())
  const preview = (text: string, fileName?: string) =>
    ben.api.previewText({ params, body: { text, ...(fileName ? { fileName } : {}) } })
  const says = (words: string) => ({ message: expect.stringContaining(words) as string })

  await expect(preview(' \n\t')).rejects.toMatchObject(says('nothing to read'))
  const picture = Buffer.from('89504e470d0a1a0a0000000d494844520000', 'hex').toString('utf8')
  await expect(preview(picture, 'talk.vtt')).rejects.toMatchObject(says('not a text file'))
  await expect(preview('%PDF-1.7\n…')).rejects.toMatchObject(says('That is a PDF'))
  await expect(preview('word '.repeat(1_258_292))).rejects.toMatchObject({
    code: 'too-large',
    ...says('6.0 MB, and 5 MB is the most'),
  })

  const broken = await preview('WEBVTT\n\n00:00:xx --> 00:02\nFirst\n\n0.860 --> 3:19.460\nSecond.')
  expect(broken.segments).toHaveLength(2)
  expect(broken.problems).toMatchObject([{ line: 3, ...says('not a time') }])
})

it('reads a long document too', async () => {
  const { ben, params } = await openGroup(await openHouse())
  const lines = Array.from({ length: 20_000 }, (_, line) => `${line}:00 | Host: sentence ${line} of many.`)
  const preview = await ben.api.previewText({ params, body: { text: `Transcript\n${lines.join('\n')}` } })
  expect(preview.segments.length + preview.problems.length).toBeGreaterThanOrEqual(1_000)
  const id = randomUUID()
  await ben.api.saveEpisode({ params, body: { id, title: 'Long', segments: preview.segments } })
  const saved = await ben.api.getEpisode({ params: { ...params, episodeId: id } })
  expect(saved.segments).toEqual(preview.segments)
})

it('fetches feeds for members only, and never from our own network', async () => {
  const { ben, sven, params } = await openGroup(await openHouse())
  const body = { url: 'http://127.0.0.1:5432/feed', item: 'one' }

  const refused = { field: 'url', message: expect.stringContaining('public internet') as string }
  await expect(ben.api.previewFeed({ params, body })).rejects.toMatchObject(refused)
  await expect(ben.api.previewFeedItem({ params, body })).rejects.toMatchObject(refused)
  await expect(sven.api.previewFeed({ params, body })).rejects.toMatchObject({ code: 'not-found' })
  await expect(sven.api.previewFeedItem({ params, body })).rejects.toMatchObject({ code: 'not-found' })
})
