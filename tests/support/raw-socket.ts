import WebSocket from 'ws'
import { onTestFinished } from 'vitest'
import type { TestHouse } from './house.ts'

/** A socket as anybody could open it: with these headers, whatever a browser would send. */
export type RawSocket = {
  /** 101 when it was opened, or how the upgrade was refused. */
  status: number
  send: (data: string) => void
  /** What came so far. */
  heard: string[]
  /** The code that it was closed with. */
  closed: Promise<number>
  close: () => void
}

export async function openSocket(
  { app }: Pick<TestHouse, 'app'>,
  path: string,
  headers: Record<string, string>,
): Promise<RawSocket> {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  onTestFinished(() => socket.terminate())
  const heard: string[] = []
  const closed = Promise.withResolvers<number>()
  const status = Promise.withResolvers<number>()
  socket.on('message', (data: Buffer) => heard.push(data.toString()))
  socket.on('close', closed.resolve)
  socket.on('open', () => status.resolve(101))
  socket.on('unexpected-response', (_request, response) => status.resolve(response.statusCode ?? 0))
  socket.on('error', () => status.resolve(0))
  return {
    status: await status.promise,
    send: (data) => socket.send(data),
    heard,
    closed: closed.promise,
    close: () => socket.close(),
  }
}
