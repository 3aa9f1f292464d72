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
  return { ada, ben, sven, slug, group, params: { slug } }
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

it('says which link is none, and keeps an episode without a title out', async () => {
  const { ben, params } = await openGroup(await openHouse())

  await expect(
    ben.api.saveEpisode({ params, body: { ...draft(), audioUrl: 'javascript:alert(1)' } }),
  ).rejects.toMatchObject({ field: 'audioUrl', message: expect.stringContaining('https://') as string })
  await expect(ben.api.saveEpisode({ params, body: { ...draft(), title: '  ' } })).rejects.toMatchObject({
    field: 'title',
  })
})
