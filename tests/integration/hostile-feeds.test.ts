import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { artworks } from '#db/schema.ts'
import { openCircle } from '#tests/circle.ts'
import { watchLoop } from '#tests/event-loop.ts'
import { feedOf, openPublisher, PUBLISHERS } from '#tests/publisher.ts'

/** Longer than this, nobody may wait for whoever reads a file. */
const LONGEST_BLOCK = 100

async function openHostile() {
  const [circle, publisher] = [await openCircle({}, { feedNetworks: PUBLISHERS }), await openPublisher()]
  const params = { slug: circle.slug }
  return {
    ...circle,
    publisher,
    params,
    follow: (path: string) =>
      circle.ada.api.followShow({ params, body: { id: randomUUID(), url: publisher.home + path } }),
  }
}

const rss = (inside: string) =>
  `<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Hostile</title>${inside}</channel></rss>`

/** What feeds could do to us, made here: each is refused in a sentence. */
const HOSTILE: Record<
  string,
  { make: () => { body: string | Uint8Array; headers?: Record<string, string> }; says: RegExp }
> = {
  'an entity bomb': {
    make: () => {
      const names = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`)
      return {
        body: `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">${names.join('')}]>${rss('<item><title>&e30;</title></item>')}`,
      }
    },
    says: /DOCTYPE/,
  },
  'an entity that reads a file': {
    make: () => ({
      body: `<!DOCTYPE rss [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>${rss('<item><title>&passwd;</title></item>')}`,
    }),
    says: /DOCTYPE/,
  },
  '200,000 items': {
    make: () => ({ body: rss('<item><guid/></item>'.repeat(200_000)) }),
    says: /20,000 episodes/,
  },
  'deep nesting': {
    make: () => ({ body: rss('<a>'.repeat(100_000) + '</a>'.repeat(100_000)) }),
    says: /nested deeper/,
  },
  'gzip of 1 : 1000': {
    make: () => ({
      body: gzipSync(Buffer.alloc(200 * 1_048_576, ' ')),
      headers: { 'content-encoding': 'gzip' },
    }),
    says: /larger than 5 MB/,
  },
  'gzip within gzip': {
    make: () => ({
      body: gzipSync(gzipSync(Buffer.alloc(50 * 1_048_576, ' '))),
      headers: { 'content-encoding': 'gzip, gzip' },
    }),
    says: /larger than 5 MB/,
  },
  'half a gzip': {
    make: () => ({ body: gzipSync(rss('')).subarray(0, 30), headers: { 'content-encoding': 'gzip' } }),
    says: /could not reach|nothing/,
  },
  'one tag with a million attributes': {
    make: () => ({ body: rss(`<item ${'a="" '.repeat(900_000)}/>`) }),
    says: /takes too long/,
  },
  'tags that never end': {
    make: () => ({ body: `<rss version="2.0"><channel>${'<item>'.repeat(500_000)}` }),
    says: /nested deeper|20,000/,
  },
  'nothing but angle brackets': { make: () => ({ body: '<'.repeat(4_000_000) }), says: /no podcast feed/ },
  'a page of links': {
    make: () => ({ body: `<html>${'<link rel="alternate">'.repeat(200_000)}` }),
    says: /web page/,
  },
  'bytes that are no text': { make: () => ({ body: Buffer.alloc(1_000_000, 1) }), says: /not a text file/ },
}

it.each(Object.entries(HOSTILE))(
  'W3: refuses %s in a sentence, and nobody waits for it',
  async (_what, { make, says }) => {
    const { follow, publisher, ada, params, stranger } = await openHostile()
    publisher.give('/hostile', make())
    publisher.give('/good', feedOf([{ guid: 'one', title: 'One' }]))
    await follow('/good')

    // What the story itself made is no part of it.
    await new Promise((resolve) => setTimeout(resolve, 50))
    const loop = watchLoop()
    const hostile = follow('/hostile')
    const health = await stranger().request({ url: '/healthz' })
    await expect(hostile).rejects.toMatchObject({ message: expect.stringMatching(says) as string })
    expect(loop.longestBlock()).toBeLessThan(LONGEST_BLOCK)
    expect(health.statusCode).toBe(200)
    expect((await ada.api.listShows({ params })).length).toBeLessThanOrEqual(2)
  },
  60_000,
)

it('W3: follows no redirect to where it may not go', async () => {
  const { follow, publisher } = await openHostile()
  const goes = (location: string) => {
    publisher.give('/away', { status: 302, headers: { location } })
    return expect(follow('/away')).rejects
  }
  for (const inside of [
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1:6379/',
    'http://0x0a000001/',
    'http://[::ffff:10.0.0.1]/feed',
  ])
    await goes(inside).toMatchObject({ message: expect.stringContaining('public internet') as string })
  await goes('file:///etc/passwd').toMatchObject({ field: 'url' })
  await goes('http://ada:secret@example.org/').toMatchObject({
    message: expect.stringContaining('name or password') as string,
  })
  await goes('/away').toMatchObject({ message: expect.stringContaining('without end') as string })
})

it('reads a large feed and a large transcript while others are answered', async () => {
  const { follow, publisher, ada, slug, stranger } = await openHostile()
  const words = 'word '.repeat(900)
  const items = Array.from({ length: 900 }, (_, at) => ({
    guid: `item-${at}`,
    title: `Item ${at}`,
    date: new Date(Date.UTC(2020, 0, at)).toISOString(),
    more: `<description>&lt;p&gt;00:10 Hello&lt;/p&gt;&lt;p&gt;${words}&lt;/p&gt;</description>${
      at === 899 ? `<podcast:transcript url="${publisher.home}/transcript" type="text/vtt"/>` : ''
    }`,
  }))
  publisher.give('/large', feedOf(items))
  const cues = Array.from(
    { length: 40_000 },
    (_, at) => `${at}.000 --> ${at + 1}.000\n<v Ann>line ${at} of very many.\n`,
  )
  publisher.give('/transcript', `WEBVTT\n\n${cues.join('\n')}`)

  await new Promise((resolve) => setTimeout(resolve, 50))
  const loop = watchLoop()
  const show = await follow('/large')
  const { list } = await ada.api.getShow({ params: { slug, showId: show.id } })
  const [newest] = list
  expect([show.items, list.length, newest?.title]).toEqual([500, 500, 'Item 899'])
  expect(loop.longestBlock()).toBeLessThan(LONGEST_BLOCK)

  const params = { slug, showId: show.id, itemId: newest?.id ?? '' }
  const reading = ada.api.previewShowItem({ params, body: {} })
  const health = await stranger().request({ url: '/healthz' })
  expect(health.statusCode).toBe(200)
  expect((await reading).preview.segments.length).toBeGreaterThan(1_000)
}, 60_000)

it('W3: takes no drawing, no huge picture and no broken one for a picture', async () => {
  const { follow, publisher, runJob, house, ada, slug } = await openHostile()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const png = (width: number, height: number) => {
    const head = Buffer.alloc(25)
    head.writeUInt32BE(13, 0)
    head.write('IHDR', 4)
    head.writeUInt32BE(width, 8)
    head.writeUInt32BE(height, 12)
    head.set([8, 2, 0, 0, 0], 16)
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), head])
  }
  const pictures: Record<string, { headers?: Record<string, string>; body: string | Uint8Array }> = {
    svg: { headers: { 'content-type': 'image/png' }, body: svg },
    prefixed: { body: `GIF89a${svg}` },
    huge: { body: png(60_000, 60_000) },
    broken: { body: png(10, 10) },
    heavy: { body: Buffer.concat([png(10, 10), Buffer.alloc(6 * 1_048_576)]) },
    none: { body: '' },
  }
  for (const [name, given] of Object.entries(pictures)) {
    publisher.give(`/${name}.png`, given)
    publisher.give(
      `/${name}`,
      feedOf([], { title: name, more: `<itunes:image href="${publisher.home}/${name}.png"/>` }),
    )
    await follow(`/${name}`)
  }
  publisher.give(
    '/inside',
    feedOf([], { title: 'inside', more: '<itunes:image href="http://10.0.0.1/a.png"/>' }),
  )
  await follow('/inside')
  await runJob('fetch-artwork')
  expect(await ada.api.listShows({ params: { slug } })).toMatchObject(Array(7).fill({ artworkId: null }))
  const kept = await house.db.select().from(artworks)
  expect(kept).toHaveLength(7)
  // Given up at once: none of them will ever be a picture.
  expect(kept.map(({ image, nextTryAt }) => [image, nextTryAt])).toEqual(Array(7).fill([null, null]))
})
