import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { episodes } from '#db/schema.ts'
import { LARGEST_OFFSET } from '#shared/listening.ts'
import { openCircle, type Circle } from '#tests/circle.ts'
import type { TestPerson } from '#tests/house.ts'

const AUDIO = 'https://cdn.example.org/42.mp3?ads=autumn'

async function openEpisode() {
  const circle = await openCircle()
  const episodeId = await circle.addEpisode()
  await circle.house.db.update(episodes).set({ audioUrl: AUDIO }).where(eq(episodes.id, episodeId))
  return { ...circle, params: { slug: circle.slug, episodeId } }
}
type Open = Circle & { params: { slug: string; episodeId: string } }

const placeOf = async ({ params }: Open, person: TestPerson) => {
  const { moment, reached } = await person.api.getListening({ params })
  return { moment, reached }
}

it('N1: whoever listens goes on where they stopped, on any device, and nobody else does', async () => {
  const world = await openEpisode()
  const { ben, cleo, ada, zoe, params } = world
  expect(await ben.api.getListening({ params })).toEqual({
    moment: null,
    reached: null,
    stoppedAt: null,
    revealed: false,
    offset: 0,
    settings: { speed: 1, fold: false, keys: true },
  })

  await ben.api.saveStop({ params, body: { moment: 760, reached: 810 } })

  expect(await placeOf(world, ben)).toEqual({ moment: 760, reached: 810 })
  for (const other of [cleo, ada])
    expect(await placeOf(world, other)).toEqual({ moment: null, reached: null })
  await expect(zoe.api.getListening({ params })).rejects.toMatchObject({ code: 'not-found' })
  await expect(zoe.api.saveStop({ params, body: { moment: 1, reached: 1 } })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('N1: of two devices the one that was there last counts, whichever is heard first', async () => {
  const world = await openEpisode()
  const { ben, params, pass } = world
  pass({ hours: 1 })
  // The telephone, just now; then the laptop, which was offline since.
  await ben.api.saveStop({ params, body: { moment: 1900, reached: 1900 } })
  await ben.api.saveStop({ params, body: { moment: 300, reached: 2000, ago: 600 } })
  expect(await placeOf(world, ben)).toEqual({ moment: 1900, reached: 2000 })

  // Going back is going on from there; what was heard stays heard.
  pass({ minutes: 1 })
  await ben.api.saveStop({ params, body: { moment: 60, reached: 60 } })
  expect(await placeOf(world, ben)).toEqual({ moment: 60, reached: 2000 })
})

it('N1: many tabs that tell at once end in one place, and none of them fails', async () => {
  const world = await openEpisode()
  const { ben, params } = world
  await Promise.all(
    Array.from({ length: 20 }, (_, tab) =>
      ben.api.saveStop({ params, body: { moment: tab, reached: tab, ago: 20 - tab } }),
    ),
  )
  expect(await placeOf(world, ben)).toEqual({ moment: 19, reached: 19 })
})

it('N2: an offset is for one person and one address of the audio', async () => {
  const world = await openEpisode()
  const { ben, cleo, params, house } = world
  const offsetOf = async (person: TestPerson) => (await person.api.getListening({ params })).offset

  await ben.api.setOffset({ params, body: { audioUrl: AUDIO, offset: 42 } })
  expect(await offsetOf(ben)).toBe(42)
  expect(await offsetOf(cleo)).toBe(0)
  // Listening with another offset does not say where one stopped.
  expect(await placeOf(world, ben)).toEqual({ moment: null, reached: null })

  // The publisher puts other advertisements in, under another address.
  const moved = 'https://cdn.example.org/42.mp3?ads=winter'
  await house.db.update(episodes).set({ audioUrl: moved }).where(eq(episodes.id, params.episodeId))
  expect(await offsetOf(ben)).toBe(0)
  await expect(ben.api.setOffset({ params, body: { audioUrl: AUDIO, offset: 7 } })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('another address') as string,
  })
  expect(await offsetOf(ben)).toBe(0)
})

it('folds an episode after a moment that its listener says, or shows all of it', async () => {
  const world = await openEpisode()
  const { ben, params } = world
  await ben.api.saveStop({ params, body: { moment: 1200, reached: 1200 } })
  await ben.api.setReached({ params, body: { revealed: true } })
  expect(await ben.api.getListening({ params })).toMatchObject({
    revealed: true,
    moment: 1200,
    reached: 1200,
  })

  // Skipped too far: what was not really heard is folded again.
  await ben.api.setReached({ params, body: { reached: 600, revealed: false } })
  expect(await ben.api.getListening({ params })).toMatchObject({ revealed: false, moment: 600, reached: 600 })
})

it('remembers speed, folding and keys for a person, in every episode', async () => {
  const { ben, cleo, params, addEpisode, stranger } = await openEpisode()
  await ben.api.changeListening({ body: { speed: 1.5 } })
  await ben.api.changeListening({ body: { keys: false } })
  expect(await ben.api.changeListening({ body: {} })).toEqual({ speed: 1.5, fold: false, keys: false })
  const other = { ...params, episodeId: await addEpisode() }
  expect((await ben.api.getListening({ params: other })).settings).toEqual({
    speed: 1.5,
    fold: false,
    keys: false,
  })
  expect((await cleo.api.getListening({ params })).settings.speed).toBe(1)
  await expect(stranger().api.changeListening({ body: { speed: 2 } })).rejects.toMatchObject({
    code: 'not-signed-in',
  })
})

it('hears a sentence about what can be no moment, no speed and no offset, and changes nothing', async () => {
  const world = await openEpisode()
  const { ben, params } = world
  for (const body of [
    { moment: -1, reached: 0 },
    { moment: 1e9, reached: 0 },
    { moment: 10, reached: 10, ago: -5 },
    { moment: 10, reached: 10, ago: 1e12 },
  ])
    await expect(ben.api.saveStop({ params, body })).rejects.toMatchObject({ code: 'invalid' })
  for (const body of [{ speed: 0 }, { speed: 16 }, { fold: 'yes' as unknown as boolean }])
    await expect(ben.api.changeListening({ body })).rejects.toMatchObject({ code: 'invalid' })
  await expect(
    ben.api.setOffset({ params, body: { audioUrl: AUDIO, offset: LARGEST_OFFSET + 1 } }),
  ).rejects.toMatchObject({ code: 'invalid', message: '“offset” can be at most 21,600.' })
  await expect(
    ben.api.getListening({ params: { ...params, episodeId: randomUUID() } }),
  ).rejects.toMatchObject({ code: 'not-found' })
  expect(await ben.api.getListening({ params })).toMatchObject({
    moment: null,
    offset: 0,
    settings: { speed: 1, fold: false, keys: true },
  })
})
