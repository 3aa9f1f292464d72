import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchOutside } from './fetch-outside.ts'
import { previewFeed, previewFeedItem } from './preview-feed.ts'

const LOOPBACK = { allow: ['127.0.0.0/8'] }
const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  stops.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const refused = (sentence: RegExp) => ({
  code: 'invalid',
  field: 'url',
  message: expect.stringMatching(sentence) as string,
})

describe('what is fetched from outside', () => {
  it.each([
    ['http://127.0.0.1/', /public internet/],
    ['http://2130706433/', /public internet/],
    ['http://0x7f.1/', /public internet/],
    ['http://017700000001/', /public internet/],
    ['http://127.1:80/', /public internet/],
    ['http://0.0.0.0/', /public internet/],
    ['http://10.0.0.1/', /public internet/],
    ['http://172.16.3.4/', /public internet/],
    ['http://192.168.1.1/feed', /public internet/],
    ['http://169.254.169.254/latest/meta-data/', /public internet/],
    ['http://100.64.0.1/', /public internet/],
    ['http://224.0.0.1/', /public internet/],
    ['http://255.255.255.255/', /public internet/],
    ['http://[::1]/', /public internet/],
    ['http://[::]/', /public internet/],
    ['http://[::ffff:127.0.0.1]/', /public internet/],
    ['http://[::ffff:7f00:1]/', /public internet/],
    ['http://[64:ff9b::7f00:1]/', /public internet/],
    ['http://[::127.0.0.1]/', /public internet/],
    ['http://[::ffff:0:127.0.0.1]/', /public internet/],
    ['http://[2002:7f00:1::]/', /public internet/],
    ['http://[0:0:0:0:0:ffff:127.0.0.1]/', /public internet/],
    ['http://127.0.0.1./', /public internet/],
    ['http://0177.0.0.1/', /public internet/],
    ['http://0x7f000001/', /public internet/],
    ['http://0x7f.0.0.0x1/', /public internet/],
    ['http://127.0.1/', /public internet/],
    ['http://127。0。0。1/', /public internet/],
    ['http://１２７.０.０.１/', /public internet/],
    ['http://%31%32%37.0.0.1/', /public internet/],
    ['https://example.org@127.0.0.1/', /name or password/],
    ['http://127.0.0.1#@example.org/', /public internet/],
    ['127.0.0.1', /public internet/],
    ['feed://127.0.0.1/rss', /public internet/],
    ['http://[fe80::1]/', /public internet/],
    ['http://[fd00::1]/', /public internet/],
    ['http://①②⑦.⓪.⓪.①/', /public internet/],
    ['localhost', /public internet/],
    ['http://localhost./', /public internet|could not reach/],
    ['https://example.org:8080/feed', /port 8080/],
    ['https://ada:secret@example.org/feed', /name or password/],
    ['ftp://example.org/feed', /https:\/\//],
    ['file:///etc/passwd', /address|https:\/\//],
    ['javascript:alert(1)', /address|https:\/\//],
    ['not an address', /address/],
    ['http://', /address/],
  ])('is never %s', async (url, sentence) => {
    await expect(fetchOutside(url)).rejects.toMatchObject(refused(sentence))
  })

  it('follows five redirects, checks each, and not one more', async () => {
    const home = await serve((request, reply) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) return reply.end('here')
      reply.writeHead(302, { location: left === 99 ? 'http://[::1]/' : `/${left - 1}` }).end()
    })
    expect(await fetchOutside(`${home}/5`, LOOPBACK)).toMatchObject({ text: 'here', url: `${home}/0` })
    await expect(fetchOutside(`${home}/6`, LOOPBACK)).rejects.toMatchObject(refused(/without end/))
    await expect(fetchOutside(`${home}/99`, LOOPBACK)).rejects.toMatchObject(refused(/public internet/))
  })

  it('is at most 5 MB, counted unpacked, and comes within the time', async () => {
    const home = await serve((request, reply) => {
      if (request.url === '/slow') return
      if (request.url === '/gone') return reply.writeHead(404).end()
      reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(6 * 1_048_576)))
    })
    await expect(fetchOutside(home, LOOPBACK)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('5 MB') as string,
    })
    await expect(fetchOutside(`${home}/slow`, { ...LOOPBACK, wait: 100 })).rejects.toMatchObject(
      refused(/took longer/),
    )
    await expect(fetchOutside(`${home}/gone`, LOOPBACK)).rejects.toMatchObject(
      refused(/nothing at this address/),
    )
    stops.splice(0).forEach((stop) => stop())
    await expect(fetchOutside(home, LOOPBACK)).rejects.toMatchObject(refused(/could not reach/))
  })
})

const feed = (home: string) => `<?xml version="1.0"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>Sample talks</title><language>en-GB</language>
<podcast:person role="host">Ann Lee</podcast:person>
<item><title>Older, without a guid</title><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>
  <enclosure url="https://cdn.example.org/1.mp3" length="1" type="audio/mpeg"/>
  <description>&lt;p&gt;Notes.&lt;/p&gt;&lt;p&gt;00:00 Welcome&lt;br&gt;01:30 The end.&lt;/p&gt;</description></item>
<item><title>Newer</title><guid isPermaLink="false">two</guid><pubDate>Mon, 09 Nov 2026 08:00:00 GMT</pubDate>
  <enclosure url="https://cdn.example.org/2.mp3" length="1" type="audio/mpeg"/>
  <itunes:duration>1:02:03</itunes:duration>
  <description><![CDATA[<p>See <a href="https://example.org">this</a> <a href="javascript:x()">that</a></p><script>alert(1)</script>]]></description>
  <podcast:person role="guest">Ben May</podcast:person>
  <podcast:transcript url="${home}/plain" type="text/plain"/>
  <podcast:transcript url="${home}/vtt" type="application/x-subrip"/>
  <podcast:chapters url="${home}/chapters" type="application/json+chapters"/></item>
<item><title>Podlove</title><guid>three</guid><psc:chapters version="1.2"><psc:chapter start="01:02:03.400" title="Late"/></psc:chapters>
  <podcast:transcript url="${home}/missing" type="text/vtt"/></item>
</channel></rss>`

describe('a feed', () => {
  const open = () => {
    let home = ''
    return serve((request, reply) => {
      home = `http://${String(request.headers.host)}`
      switch (request.url) {
        case '/feed':
          return reply.end(feed(home))
        case '/vtt':
          return reply.end('WEBVTT\n\n0.5 --> 2\n<v Ann Lee>Hello to\n\n2 --> 3\nall.')
        case '/plain':
          return reply.end('Hello to all.')
        case '/chapters':
          return reply.end(
            '{"version":"1.2.0","chapters":[{"startTime":0,"title":"Welcome"},{"startTime":9,"title":"Ad","toc":false},{"startTime":90.5,"title":"End"}]}',
          )
        case '/page':
          return reply.end(
            '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head><p>Hi',
          )
        case '/bare':
          return reply.end('<html><p>Hi</p></html>')
        case '/entities':
          return reply.end(
            '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
          )
        case '/deep':
          return reply.end(
            `<rss version="2.0"><channel>${'<a>'.repeat(70)}${'</a>'.repeat(70)}</channel></rss>`,
          )
        case '/other':
          return reply.end('Just some words.')
        default:
          return reply.writeHead(404).end()
      }
    })
  }

  it('lists its items, newest first, also when it is a page that names it', async () => {
    const home = await open()
    const preview = await previewFeed(`${home}/feed`, LOOPBACK)
    expect(await previewFeed(`${home}/page`, LOOPBACK)).toEqual(preview)
    expect(preview).toEqual({
      title: 'Sample talks',
      total: 3,
      items: [
        {
          id: 'two',
          title: 'Newer',
          publishedAt: '2026-11-09T08:00:00.000Z',
          duration: 3723,
          hasTranscript: true,
          hasChapters: true,
        },
        {
          id: 'https://cdn.example.org/1.mp3',
          title: 'Older, without a guid',
          publishedAt: '2026-11-02T08:00:00.000Z',
          duration: null,
          hasTranscript: false,
          hasChapters: true,
        },
        {
          id: 'three',
          title: 'Podlove',
          publishedAt: null,
          duration: null,
          hasTranscript: true,
          hasChapters: true,
        },
      ],
    })
  })

  it('makes an episode of an item: notes, people, chapters and the best transcript', async () => {
    const home = await open()
    expect(await previewFeedItem(`${home}/feed`, 'two', LOOPBACK)).toEqual({
      title: 'Newer',
      showTitle: 'Sample talks',
      audioUrl: 'https://cdn.example.org/2.mp3',
      pageUrl: null,
      artworkUrl: null,
      notes: 'See [this](https://example.org) that',
      duration: 3723,
      language: 'en-GB',
      publishedAt: '2026-11-09T08:00:00.000Z',
      people: [{ name: 'Ben May', role: 'guest' }],
      chapters: [
        { start: 0, title: 'Welcome' },
        { start: 90.5, title: 'End' },
      ],
      segments: [{ start: 0.5, end: 3, speaker: 'Ann Lee', text: 'Hello to all.' }],
      problems: [],
    })
    const older = await previewFeedItem(`${home}/feed`, 'https://cdn.example.org/1.mp3', LOOPBACK)
    expect(older.chapters).toEqual([
      { start: 0, title: 'Welcome' },
      { start: 90, title: 'The end.' },
    ])
    expect(older.people).toEqual([{ name: 'Ann Lee', role: 'host' }])
  })

  it('says what could not be fetched and goes on', async () => {
    const home = await open()
    const preview = await previewFeedItem(`${home}/feed`, 'three', LOOPBACK)
    expect(preview.chapters).toEqual([{ start: 3723.4, title: 'Late' }])
    expect(preview.problems).toEqual([
      { line: 0, message: expect.stringContaining('nothing at this address') as string },
    ])
    await expect(previewFeedItem(`${home}/feed`, 'gone', LOOPBACK)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it.each([
    ['/bare', /web page.*RSS/],
    ['/entities', /DOCTYPE/],
    ['/deep', /nested/],
    ['/other', /no podcast feed/],
  ])('is not %s, in a sentence that says what to do', async (path, sentence) => {
    const home = await open()
    await expect(previewFeed(home + path, LOOPBACK)).rejects.toMatchObject(refused(sentence))
  })
})
