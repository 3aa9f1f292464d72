import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { highlights } from '#db/schema.ts'
import {
  EPISODES_A_PAGE,
  HIGHLIGHT_POLICY,
  highlightSentence,
  LONGEST_NOTE,
  MOST_HIGHLIGHTS,
} from '#shared/highlights.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const QUOTE = 'I may only ask until somebody else has answered twice.'
const anchorAt = (start: number | null, quote = QUOTE) => ({
  quote,
  prefix: 'So I wrote one rule on a card. ',
  suffix: '',
  speaker: 'Ines Marwitz',
  start,
  end: start,
  chapter: null,
})

async function openEpisode(): Promise<Open> {
  const circle = await openCircle()
  return { ...circle, params: { slug: circle.slug, episodeId: await circle.addEpisode() } }
}
type Open = Circle & { params: { slug: string; episodeId: string } }

async function mark({ params }: Open, by: TestPerson, note = '', start: number | null = 694) {
  const highlightId = randomUUID()
  return by.api.saveHighlight({
    params: { ...params, highlightId },
    body: { anchor: anchorAt(start), note },
  })
}

it('N3: what somebody highlights is read by them alone, whoever facilitates and organizes', async () => {
  const world = await openEpisode()
  const { ada, ben, cleo, zoe, join, params } = world
  const olga = await join('Olga', 'organizer')
  const mine = await mark(world, ben, 'Try it on Monday.')

  expect(await ben.api.listHighlights({ params })).toEqual([mine])
  for (const other of [ada, cleo, olga]) {
    expect(await other.api.listHighlights({ params })).toEqual([])
    expect((await other.api.listMyHighlights({ query: {} })).total).toBe(0)
    expect(await other.api.exportHighlights({ params })).not.toContain('Monday')
    // Their deletion and their change touch what is theirs: nothing.
    await other.api.deleteHighlight({ params: { ...params, highlightId: mine.id } })
    await other.api.saveHighlight({
      params: { ...params, highlightId: mine.id },
      body: { anchor: anchorAt(1), note: 'Mine.' },
    })
  }
  expect(await ben.api.listHighlights({ params })).toEqual([mine])
  await expect(zoe.api.listHighlights({ params })).rejects.toMatchObject({ code: 'not-found' })
  await expect(mark(world, zoe)).rejects.toMatchObject({ code: 'not-found' })
  expect(highlightSentence(HIGHLIGHT_POLICY)).toBe(
    'Only you read this: not the others in the group, not facilitators, and not organizers.',
  )
})

it('is marked once however often it is sent, and its note may change', async () => {
  const world = await openEpisode()
  const { ben, params, pass } = world
  const highlightId = randomUUID()
  const save = (note: string) =>
    ben.api.saveHighlight({ params: { ...params, highlightId }, body: { anchor: anchorAt(694), note } })
  const first = await save('')
  pass({ minutes: 1 })
  expect(await save('')).toEqual(first)
  const noted = await save('  Try it.  ')
  expect(noted).toMatchObject({ id: highlightId, note: 'Try it.', markedAt: first.markedAt })
  expect(noted.editedAt).not.toBeNull()
  expect(await ben.api.listHighlights({ params })).toEqual([noted])
})

it('keeps the words that were marked at first when it is placed on others', async () => {
  const world = await openEpisode()
  const { ben, params } = world
  const { id: highlightId } = await mark(world, ben)
  const place = (quote: string) =>
    ben.api.saveHighlight({
      params: { ...params, highlightId },
      body: { anchor: anchorAt(700, quote), note: '' },
    })
  expect((await place('I may ask only once.')).anchor).toMatchObject({
    quote: 'I may ask only once.',
    original: QUOTE,
  })
  expect((await place('Ask only once.')).anchor.original).toBe(QUOTE)
  expect((await place(QUOTE)).anchor.original).toBeUndefined()
})

it('is gone when it is deleted, and there again when that is taken back', async () => {
  const world = await openEpisode()
  const { ben, params, house } = world
  const { id: highlightId, anchor, note } = await mark(world, ben, 'Keep me.')
  await ben.api.deleteHighlight({ params: { ...params, highlightId } })
  await ben.api.deleteHighlight({ params: { ...params, highlightId } })
  expect(await ben.api.listHighlights({ params })).toEqual([])
  expect(await house.db.select().from(highlights)).toEqual([])

  await ben.api.saveHighlight({ params: { ...params, highlightId }, body: { anchor, note } })
  expect(await ben.api.listHighlights({ params })).toMatchObject([{ id: highlightId, note: 'Keep me.' }])
})

it('lists mine in the order of the episode, and episodes by what was marked last, page by page', async () => {
  const world = await openEpisode()
  const { ben, params, pass, addEpisode } = world
  await mark(world, ben, 'late', 900)
  await mark(world, ben, 'early', 20)
  await mark(world, ben, 'no time', null)
  expect((await ben.api.listHighlights({ params })).map(({ note }) => note)).toEqual([
    'early',
    'late',
    'no time',
  ])

  pass({ minutes: 1 })
  const others = []
  for (let count = 0; count < EPISODES_A_PAGE; count += 1) {
    const episodeId = await addEpisode()
    await mark({ ...world, params: { ...params, episodeId } }, ben)
    others.push(episodeId)
    pass({ minutes: 1 })
  }
  const first = await ben.api.listMyHighlights({ query: {} })
  const second = await ben.api.listMyHighlights({ query: { page: 2 } })
  expect(first.total).toBe(EPISODES_A_PAGE + 1)
  expect(first.episodes.map(({ episode }) => episode.id)).toEqual(others.toReversed())
  expect(second.episodes.map(({ episode, highlights: all }) => [episode.id, all.length])).toEqual([
    [params.episodeId, 3],
  ])
  expect((await ben.api.listMyHighlights({ query: { page: 3 } })).episodes).toEqual([])
})

it('N4: goes along as Markdown, with quotes, speakers, times and links, and nothing in it becomes markup', async () => {
  const world = await openEpisode()
  const { ben, slug, params } = world
  await mark(world, ben, 'Try it on **Monday**.')
  await ben.api.saveHighlight({
    params: { ...params, highlightId: randomUUID() },
    body: {
      anchor: {
        ...anchorAt(725, '# not a heading\n<img src=x> [click](javascript:alert(1)) 1. no'),
        speaker: '*Eve*',
      },
      note: '',
    },
  })
  const page = `http://localhost:3000/groups/${slug}/episodes/${params.episodeId}`
  expect(await ben.api.exportHighlights({ params })).toBe(`# My highlights

## Influence at any level

Tuesday circle

> ${QUOTE}
>
> Ines Marwitz, [11:34](${page}#t=694)

Try it on **Monday**.

> \\# not a heading
> \\<img src=x\\> \\[click\\](javascript:alert(1)) 1. no
>
> \\*Eve\\*, [12:05](${page}#t=725)
`)
  expect(await ben.api.exportMyHighlights()).toContain('Try it on **Monday**.')
  const { headers } = await ben.request({ url: '/api/me/highlights.md' })
  expect(headers['content-type']).toBe('text/markdown; charset=utf-8')
  expect(headers['content-disposition']).toContain('my-highlights.md')
})

it('N5: whoever leaves a group takes highlights and notes along in their data, and finds them when they come back', async () => {
  const world = await openEpisode()
  const { ada, ben, slug, params, house } = world
  await mark(world, ben, 'Mine to keep.')
  await ben.api.leaveGroup({ params: { slug }, body: {} })

  await expect(ben.api.listHighlights({ params })).rejects.toMatchObject({ code: 'not-found' })
  expect(await ben.api.listMyHighlights({ query: {} })).toEqual({ episodes: [], total: 0 })
  expect(await ben.api.exportMyHighlights()).toBe('# My highlights\n\nNone yet.\n')
  expect((await ben.api.exportMyData()).highlights).toMatchObject([
    { group: 'Tuesday circle', quote: QUOTE, at: 694, note: 'Mine to keep.' },
  ])

  // The episode takes what was marked in it along, as it takes its threads.
  await ada.api.deleteEpisode({ params })
  expect(await house.db.select().from(highlights)).toEqual([])
  expect((await ben.api.exportMyData()).highlights).toEqual([])
})

it('N5: highlights go with the account', async () => {
  const world = await openEpisode()
  const { ben, cleo, house, params } = world
  await mark(world, ben, 'Mine.')
  await mark(world, cleo, 'Hers.')
  await ben.api.saveStop({ params, body: { moment: 3, reached: 3 } })
  await ben.api.deleteAccount({ body: { email: ben.email } })
  expect((await house.db.select().from(highlights)).map(({ note }) => note)).toEqual(['Hers.'])
})

it('hears a sentence about what can’t be highlighted, and keeps nothing of it', async () => {
  const world = await openEpisode()
  const { ben, params, house, groupId, addEpisode } = world
  const save = (
    body: { anchor: ReturnType<typeof anchorAt>; note: string },
    highlightId: string = randomUUID(),
  ) => ben.api.saveHighlight({ params: { ...params, highlightId }, body })
  await expect(save({ anchor: anchorAt(3, '  '), note: '' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'There are no words in this. Select the words to highlight first.',
  })
  await expect(save({ anchor: anchorAt(3), note: 'x'.repeat(LONGEST_NOTE + 1) })).rejects.toMatchObject({
    code: 'invalid',
    message: '“note” may be at most 4,000 characters long; this is 4,001.',
  })
  await expect(save({ anchor: anchorAt(-3), note: '' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(save({ anchor: anchorAt(3), note: '' }, 'mine')).rejects.toMatchObject({ code: 'invalid' })
  expect((await save({ anchor: anchorAt(3), note: 'a\u0000b \ud800' })).note).toBe('ab \ufffd')

  const { id } = await mark(world, ben)
  const other = { ...params, episodeId: await addEpisode() }
  await expect(
    ben.api.saveHighlight({ params: { ...other, highlightId: id }, body: { anchor: anchorAt(3), note: '' } }),
  ).rejects.toMatchObject({ code: 'conflict' })

  await house.db.delete(highlights).where(eq(highlights.accountId, ben.id))
  await house.db.insert(highlights).values(
    Array.from({ length: MOST_HIGHLIGHTS - 1 }, () => ({
      accountId: ben.id,
      id: randomUUID(),
      groupId,
      episodeId: params.episodeId,
      anchor: anchorAt(1),
      markedAt: house.now(),
    })),
  )
  const tried = await Promise.allSettled([mark(world, ben), mark(world, ben), mark(world, ben)])
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { message: 'You have 500 highlights in this episode, and more don’t fit. Delete one first.' },
  })
  expect(await ben.api.listHighlights({ params })).toHaveLength(MOST_HIGHLIGHTS)
})
