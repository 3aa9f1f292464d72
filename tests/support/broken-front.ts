import { once } from 'node:events'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { Frame } from '#shared/rooms.ts'

/** What a front before an instance does wrong. */
export type Flaw = 'doubles' | 'reorders' | 'drops' | 'leaks' | 'forgets' | 'none'

/** Stands before an instance and passes everything on, but for its flaw. */
export async function openBrokenFront(
  instance: string,
  flaw: Flaw,
): Promise<{ origin: string; close: () => Promise<void> }> {
  const written: string[] = []
  const server = createServer((asked, answer) => {
    void bodyOf(asked).then((body) => {
      if (asked.method === 'PUT' && asked.url?.endsWith('/answers')) {
        written.push(body.toString())
        if (flaw === 'forgets') {
          answer.setHeader('content-type', 'application/json')
          return answer.end(body)
        }
      }
      const { origin: _ours, host: _here, ...headers } = asked.headers
      const passed = request(
        new URL(asked.url ?? '/', instance),
        { method: asked.method, headers: { ...headers, origin: instance } },
        (given) => {
          answer.writeHead(given.statusCode ?? 500, given.headers)
          given.pipe(answer)
        },
      )
      passed.on('error', () => answer.destroy())
      passed.end(body)
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (asked: IncomingMessage, socket, head) => {
    const inner = new WebSocket(new URL(asked.url ?? '/', instance.replace('http', 'ws')), {
      headers: { cookie: asked.headers.cookie ?? '', origin: instance },
    })
    inner.on('error', () => socket.destroy())
    const waiting: string[] = []
    inner.on('message', (data: Buffer) => waiting.push(data.toString()))
    inner.once('open', () => {
      sockets.handleUpgrade(asked, socket, head, (outer) => {
        const say = spoil(flaw, written, (frame) => outer.send(frame))
        inner.removeAllListeners('message')
        inner.on('message', (data: Buffer) => say(data.toString()))
        for (const frame of waiting) say(frame)
        inner.on('close', (code) => outer.close(code === 1006 || code === 1005 ? 1000 : code))
        outer.on('message', (data: Buffer) => inner.send(data.toString()))
        outer.on('close', () => inner.close())
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of asked) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function spoil(flaw: Flaw, written: string[], send: (frame: string) => void): (frame: string) => void {
  let heard = 0
  let kept: string | undefined
  return (text) => {
    const frame = JSON.parse(text) as Frame
    if (frame.type !== 'news') return send(text)
    heard += 1
    switch (flaw) {
      case 'doubles':
        send(text)
        return send(text)
      case 'drops':
        return heard === 2 ? undefined : send(text)
      case 'reorders': {
        if (heard % 2 === 1 && kept === undefined) {
          kept = text
          return
        }
        send(text)
        if (kept !== undefined) send(kept)
        kept = undefined
        return
      }
      case 'leaks':
        return send(
          JSON.stringify({ ...frame, event: { ...(frame.event as object), draft: written.at(-1) } }),
        )
      case 'forgets':
      case 'none':
        return send(text)
    }
  }
}
