import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a publisher gives at a path. */
type Given = { status?: number; headers?: Record<string, string>; body?: string | Uint8Array }

/** The network that a publisher of a story stands in, for `settings.feedNetworks`. */
export const PUBLISHERS = ['127.0.0.0/8']

export type Publisher = {
  home: string
  /** What it gives from now on; a text is given as it is. */
  give: (path: string, given: Given | string) => void
  /** Gives it with a tag, and 304 to whoever has that version already. */
  giveTagged: (path: string, tag: string, body: string) => void
  /** What was asked for so far. */
  asked: { path: string; headers: IncomingHttpHeaders }[]
}

/** Somebody who publishes podcasts: a web server of its own, for one story. */
export async function openPublisher(): Promise<Publisher> {
  const gives = new Map<string, (headers: IncomingHttpHeaders) => Given>()
  const asked: Publisher['asked'] = []
  const server = createServer((request, reply) => {
    const path = request.url ?? ''
    asked.push({ path, headers: request.headers })
    const { status = 200, headers = {}, body = '' } = gives.get(path)?.(request.headers) ?? { status: 404 }
    reply.writeHead(status, headers).end(body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    home: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    give: (path, given) => void gives.set(path, () => (typeof given === 'string' ? { body: given } : given)),
    giveTagged: (path, tag, body) =>
      void gives.set(path, (headers) =>
        headers['if-none-match'] === tag ? { status: 304 } : { headers: { etag: tag }, body },
      ),
    asked,
  }
}

export type Item = { guid?: string; title: string; date?: string; audio?: string; more?: string }

/** A feed with these items. `more` is XML beside their other parts. */
export const feedOf = (items: Item[], { title = 'Sample talks', more = '' } = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>${title}</title><language>en-GB</language>${more}
${items
  .map(
    ({ guid, title, date, audio, more = '' }) => `<item><title>${title}</title>
${guid ? `<guid isPermaLink="false">${guid}</guid>` : ''}
${date ? `<pubDate>${new Date(date).toUTCString()}</pubDate>` : ''}
${audio ? `<enclosure url="${audio}" length="1" type="audio/mpeg"/>` : ''}${more}</item>`,
  )
  .join('\n')}
</channel></rss>`
