import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { episodes } from '#db/schema.ts'
import type { Annotation, AnnotationCollection } from '#server/exports/write-annotations.ts'
import { ANNOTATION_TYPE } from '#shared/exports.ts'
import type { Anchor, ThreadDraft } from '#shared/threads.ts'
import { openCircle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const AUDIO = 'https://audio.example.org/1.mp3'
const anchor: Anchor = {
  quote: 'the team kept waiting for me',
  prefix: 'what I had been good at, and ',
  suffix: '.',
  speaker: 'Guest',
  start: 658,
  end: 691.25,
  chapter: 600,
}

async function openTalk({ audio = true } = {}) {
  const circle = await openCircle()
  const { slug, house } = circle
  const episodeId = await circle.addEpisode()
  if (audio) await house.db.update(episodes).set({ audioUrl: AUDIO }).where(eq(episodes.id, episodeId))
  const params = { slug, episodeId }
  const path = `/api/groups/${slug}/episodes/${episodeId}`
  return {
    ...circle,
    params,
    page: `${house.config.origin}/groups/${slug}/episodes/${episodeId}`,
    start: async (who: TestPerson, body: string, more: Partial<ThreadDraft> = {}) => {
      const draft = { threadId: randomUUID(), postId: randomUUID(), anchor, body, question: false, ...more }
      await who.api.startThread({ params, body: draft })
      return draft
    },
    reply: async (
      who: TestPerson,
      threadId: string,
      body: string,
      quote?: { postId: string; words: string },
    ) => {
      const postId = randomUUID()
      await who.api.reply({ params: { slug, threadId }, body: { postId, body, ...(quote ? { quote } : {}) } })
      return postId
    },
    markdown: (who: TestPerson) => who.api.exportDiscussion({ params }),
    annotations: async (who: TestPerson) =>
      JSON.parse(await who.api.exportAnnotations({ params })) as AnnotationCollection,
    file: (who: TestPerson, name: string) => who.request({ url: `${path}/${name}` }),
  }
}

const isIri = (text: unknown) =>
  typeof text === 'string' && /^(?:urn:uuid:[0-9a-f-]{36}|https?:\/\/\S+)$/.test(text)
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

/**
 * What https://www.w3.org/TR/annotation-model/ demands: sections 3.1 (annotations), 3.2.4 (textual bodies), 3.3.1
 * (times, agents), 3.3.5 (motivations), 4 and 4.2 (specific resources, selectors), 5 (collections and pages).
 */
function expectModel(collection: AnnotationCollection): void {
  expect(collection['@context']).toBe('http://www.w3.org/ns/anno.jsonld')
  expect(isIri(collection.id)).toBe(true)
  expect(collection.type).toBe('AnnotationCollection')
  expect(collection.total).toBe(collection.first.items.length)
  const { first } = collection
  expect(isIri(first.id) && first.id !== collection.id).toBe(true)
  expect(first).toMatchObject({ type: 'AnnotationPage', partOf: collection.id, startIndex: 0 })
  const ids = first.items.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const one of first.items) expectAnnotation(one)
}

function expectAnnotation({
  id,
  type,
  motivation,
  creator,
  created,
  modified,
  body,
  target,
}: Annotation): void {
  expect(isIri(id)).toBe(true)
  expect(type).toBe('Annotation')
  expect(['commenting', 'questioning', 'replying']).toContain(motivation)
  if (creator) expect(Object.keys(creator).toSorted()).toEqual(['name', 'type'])
  expect(created).toMatch(DATE)
  if (modified !== undefined) expect(modified).toMatch(DATE)
  expect(body).toMatchObject({ type: 'TextualBody', format: 'text/markdown', purpose: motivation })
  expect(typeof body.value).toBe('string')
  const targets = Array.isArray(target) ? target : [target]
  expect(targets.length).toBeGreaterThan(0)
  for (const one of targets) {
    if (typeof one === 'string') expect(isIri(one)).toBe(true)
    else {
      expect(one.type).toBe('SpecificResource')
      expect(isIri(one.source)).toBe(true)
      for (const selector of [one.selector ?? []].flat()) {
        if (selector.type === 'TextQuoteSelector') expect(selector.exact).not.toBe('')
        else
          expect(selector).toMatchObject({
            type: 'FragmentSelector',
            conformsTo: 'http://www.w3.org/TR/media-frags/',
            value: expect.stringMatching(/^t=\d+(?:\.\d+)?(?:,\d+(?:\.\d+)?)?$/) as string,
          })
      }
    }
  }
}

it('a discussion comes along as Markdown: by chapter, with moments, quotes, names, answers and what others said about it', async () => {
  const { ada, ben, cleo, slug, page, start, reply, markdown, file } = await openTalk()
  const { threadId, postId } = await start(
    ben,
    'Where do **we** wait?\n\n# No heading\n<script>alert(1)</script>',
    {
      question: true,
    },
  )
  await start(cleo, 'Before it all.', { anchor: { ...anchor, quote: '', start: 30, end: null, chapter: 0 } })
  await reply(ada, threadId, `In the *stand-up*, @{${ben.id}}.`, { postId, words: 'Where do we wait?' })
  await cleo.api.react({ params: { slug, threadId, postId, kind: 'me-too' } })

  const text = await markdown(cleo)
  expect(text).toMatch(/^# Influence at any level\n\nTuesday circle · 2 threads · 3 posts\n/)
  expect(text.indexOf('## 00:00 Welcome')).toBeLessThan(text.indexOf('Before it all.'))
  expect(text.indexOf('Before it all.')).toBeLessThan(text.indexOf('## 10:00 The first dip'))
  expect(text).not.toContain('Asking for help')
  expect(text).toContain(
    `### [10:58](${page}#t=658)\n\n> the team kept waiting for me\n>\n> Guest\n\n_Open question._\n\n`,
  )
  expect(text).toContain(
    '**Ben**, 22 Nov 2026, 10:00\n\nWhere do **we** wait?\n\n\\# No heading\n\\<script>alert(1)\\</script>\n\n_Me too: Cleo_',
  )
  expect(text).toContain('> Ben: Where do we wait?\n\nIn the *stand-up*, @Ben.')

  const { statusCode, headers } = await file(cleo, 'discussion.md')
  expect([statusCode, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    'text/markdown; charset=utf-8',
    'attachment; filename="influence-at-any-level.md"',
  ])
})

it('a discussion comes along as W3C Web Annotations, with what their model demands', async () => {
  const { ben, ada, slug, page, start, reply, annotations, file, pass } = await openTalk()
  const { threadId, postId } = await start(ben, 'Where do we wait?', { question: true })
  const answer = await reply(ada, threadId, 'In the stand-up.')
  const quoting = await reply(ben, threadId, 'Every day?', { postId: answer, words: 'stand-up' })
  pass({ minutes: 5 })
  await ada.api.editPost({
    params: { slug, threadId, postId: answer },
    body: { body: 'In the **stand-up**.' },
  })

  const collection = await annotations(ben)
  expectModel(collection)
  const [first, second, third] = collection.first.items
  const quote = {
    type: 'TextQuoteSelector',
    exact: anchor.quote,
    prefix: anchor.prefix,
    suffix: anchor.suffix,
  }
  const fragment = {
    type: 'FragmentSelector',
    conformsTo: 'http://www.w3.org/TR/media-frags/',
    value: 't=658,691.25',
  }
  expect(first).toMatchObject({
    id: `urn:uuid:${postId}`,
    motivation: 'questioning',
    creator: { type: 'Person', name: 'Ben' },
    created: '2026-11-22T09:00:00.000Z',
    target: [
      { source: AUDIO, selector: fragment },
      { source: page, selector: [quote, fragment] },
    ],
  })
  expect(second).toMatchObject({
    id: `urn:uuid:${answer}`,
    motivation: 'replying',
    modified: '2026-11-22T09:05:00.000Z',
    body: { value: 'In the **stand-up**.' },
    target: `urn:uuid:${postId}`,
  })
  expect(third).toMatchObject({
    id: `urn:uuid:${quoting}`,
    target: [
      `urn:uuid:${postId}`,
      { source: `urn:uuid:${answer}`, selector: { type: 'TextQuoteSelector', exact: 'stand-up' } },
    ],
  })
  expect(await annotations(ada)).toEqual(collection)

  const { statusCode, headers } = await file(ben, 'annotations.jsonld')
  expect([statusCode, headers['content-type'], headers['content-disposition']]).toEqual([
    200,
    `${ANNOTATION_TYPE}; charset=utf-8`,
    'attachment; filename="influence-at-any-level.jsonld"',
  ])
})

it('whatever an anchor has, its annotation keeps to the model, with audio and without', async () => {
  for (const audio of [true, false]) {
    const { ben, page, start, annotations } = await openTalk({ audio })
    expectModel(await annotations(ben))
    const anchors: Anchor[] = [
      anchor,
      { ...anchor, quote: '', prefix: '', suffix: '', end: null },
      { ...anchor, start: null, end: null, chapter: null, prefix: '', suffix: '' },
      { ...anchor, start: 0, end: 0, chapter: null },
      { ...anchor, quote: '', start: null, end: null, chapter: 1200 },
    ]
    for (const one of anchors) await start(ben, 'Here.', { anchor: one })
    const { anchor: _anchor, ...rest } = await start(ben, 'Here.')
    expect(rest.body).toBe('Here.')
    const collection = await annotations(ben)
    expectModel(collection)
    expect(collection.total).toBe(6)
    if (!audio)
      for (const { target } of collection.first.items) expect(JSON.stringify(target)).toContain(page)
  }
})

it('Z1: an export has what its reader may read: nothing withdrawn, hidden, of people they blocked, or not answered yet', async () => {
  const { ada, ben, cleo, zoe, slug, start, reply, markdown, annotations, file } = await openTalk()
  const { threadId, postId } = await start(ben, 'The heron words.')
  const withdrawn = await reply(ben, threadId, 'The egret words.')
  await ben.api.withdrawPost({ params: { slug, threadId, postId: withdrawn } })
  const hidden = await reply(ben, threadId, 'The stork words.')
  await ada.api.hidePost({ params: { slug, threadId, postId: hidden }, body: { reason: 'Not here.' } })
  const answered = await reply(cleo, threadId, 'The crane words.')
  const drill = await start(ada, 'Where is your line?', { answerFirst: true })
  await reply(ben, drill.threadId, 'The ibis words.')
  await cleo.api.blockPerson({ params: { accountId: ben.id } })

  const words = ['heron', 'egret', 'stork', 'crane', 'ibis']
  const readBy = async (who: TestPerson) => {
    const both = [await markdown(who), JSON.stringify(await annotations(who))]
    return both.map((text) => words.filter((word) => text.includes(`The ${word} words.`)))
  }
  expect(await readBy(ben)).toEqual(Array(2).fill(['heron', 'crane', 'ibis']))
  expect(await readBy(ada)).toEqual(Array(2).fill(['heron', 'crane']))
  expect(await readBy(cleo)).toEqual(Array(2).fill(['crane']))
  expect(await markdown(ada)).toContain('_1 answer to be read once you answered yourself._')

  // Whoever does not read the first post still reads what theirs is about.
  const mine = (await annotations(cleo)).first.items.find(({ id }) => id === `urn:uuid:${answered}`)
  expect(JSON.stringify(mine)).toContain(anchor.quote)
  expect(JSON.stringify(mine)).not.toContain(postId)
  expectModel(await annotations(cleo))

  for (const name of ['discussion.md', 'annotations.jsonld'])
    expect((await file(zoe, name)).statusCode).toBe(404)
})

it('Z1: the threads of a group and of its sessions come along, and are closed to strangers', async () => {
  const { ada, ben, zoe, slug } = await openTalk()
  const draft = { threadId: randomUUID(), postId: randomUUID(), body: 'Who has one?', question: false }
  await ada.api.startGroupThread({ params: { slug }, body: { ...draft, title: 'A *better* rhythm' } })
  const text = await ben.api.exportGroupThreads({ params: { slug } })
  expect(text).toMatch(/^# Threads of Tuesday circle\n\n1 thread · 1 post\n/)
  expect(text).toContain(
    '## Threads of the group\n\n### A \\*better\\* rhythm\n\n**Ada**, 22 Nov 2026, 10:00\n\nWho has one?\n',
  )
  const answer = await zoe.request({ url: `/api/groups/${slug}/threads.md` })
  expect(answer.statusCode).toBe(404)
  const { headers } = await ben.request({ url: `/api/groups/${slug}/threads.md` })
  expect(headers['content-disposition']).toBe(`attachment; filename="${slug}-threads.md"`)
})
