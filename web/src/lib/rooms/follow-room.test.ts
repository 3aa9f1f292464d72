import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Refusal } from '#shared/refusals.ts'
import type { Frame, Position, ReadMark } from '#shared/rooms.ts'
import { RoomConnection, type Socket } from './follow-room.ts'

const EPOCH = 'b2d0fa5c-6f1b-4d1e-9f39-0f9c3a0a7a11'
const OTHER_EPOCH = 'c7f2f4c8-2c36-4f55-a0c5-0b8d1a0f3a55'

class FakeSocket implements Socket {
  sent: string[] = []
  closed = false
  onmessage: WebSocket['onmessage'] = null
  onclose: WebSocket['onclose'] = null
  readonly url: URL

  constructor(url: string) {
    this.url = new URL(url)
  }
  send(data: string): void {
    this.sent.push(data)
  }
  close(): void {
    this.closed = true
  }
  say(frame: Frame): void {
    this.onmessage?.call({} as WebSocket, { data: JSON.stringify(frame) } as MessageEvent)
  }
  hello(number: number, epoch = EPOCH): void {
    this.say({ type: 'hello', number, epoch, now: Date.now() + 5_000 })
  }
  news(number: number): void {
    this.say({ type: 'news', number, event: { type: `event ${number}` } })
  }
  lose(code = 1006): void {
    this.onclose?.call({} as WebSocket, { code } as CloseEvent)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('location', { href: 'https://shortside.example/groups/a' })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function follow({
  number = 2,
  hear,
  mark,
  marks = 0,
  reload = () => Promise.resolve({ number: 40, epoch: OTHER_EPOCH }),
}: {
  number?: number
  hear?: () => void
  mark?: (marks: readonly ReadMark[]) => void
  marks?: number
  reload?: () => Promise<Position>
} = {}) {
  const sockets: FakeSocket[] = []
  const heard: number[] = []
  const connection = new RoomConnection(
    {
      roomId: 'r1',
      position: { number, epoch: EPOCH },
      hear: hear ?? ((_event, number) => void heard.push(number)),
      ...(mark ? { mark } : {}),
      marks,
      reload,
    },
    (url) => {
      const socket = new FakeSocket(url)
      sockets.push(socket)
      return socket
    },
  )
  connection.start()
  return { connection, sockets, heard, socket: () => sockets.at(-1) ?? expect.fail('no socket') }
}

it('asks for what comes after the loaded state, over the safe protocol', () => {
  const { socket } = follow({ number: 7 })
  expect(socket().url.href).toBe(`wss://shortside.example/api/rooms/r1/socket?after=7&epoch=${EPOCH}&marks=0`)
})

it('is catching up until it has heard what the hello promised', () => {
  const { connection, socket, heard } = follow()
  expect(connection.status).toBe('catching up')
  socket().hello(4)
  socket().news(3)
  expect(connection.status).toBe('catching up')
  socket().news(4)
  expect(connection.status).toBe('connected')
  expect(heard).toEqual([3, 4])
})

it('hears every event once, in order, whatever is sent twice', () => {
  const { socket, heard } = follow()
  socket().hello(3)
  for (const number of [3, 3, 2, 4]) socket().news(number)
  expect(heard).toEqual([3, 4])
})

it('asks again when something is missing in between, and does not listen to the old socket any more', () => {
  const { sockets, socket, heard } = follow()
  socket().hello(2)
  socket().news(4)
  expect(sockets).toHaveLength(2)
  expect(sockets[0]?.closed).toBe(true)
  expect(socket().url.searchParams.get('after')).toBe('2')
  sockets[0]?.news(3)
  expect(heard).toEqual([])
})

it('comes back by itself, later and later, from what was heard', async () => {
  const { connection, sockets, socket } = follow()
  socket().hello(2)
  socket().news(3)
  socket().lose()
  expect(connection.status).toBe('offline')
  await vi.advanceTimersByTimeAsync(300)
  expect(sockets).toHaveLength(2)
  expect(socket().url.searchParams.get('after')).toBe('3')
  socket().lose()
  await vi.advanceTimersByTimeAsync(250)
  expect(sockets).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(350)
  expect(sockets).toHaveLength(3)
})

it('tries at once when the network is back', async () => {
  const { sockets, socket } = follow()
  socket().lose()
  window.dispatchEvent(new Event('online'))
  expect(sockets).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sockets).toHaveLength(2)
})

it('spreads the return after a restart', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.9)
  const { sockets, socket } = follow()
  socket().hello(2)
  socket().lose(1012)
  await vi.advanceTimersByTimeAsync(2_600)
  expect(sockets).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(200)
  expect(sockets).toHaveLength(2)
  vi.restoreAllMocks()
})

it.each([
  [4003, 'left'],
  [4001, 'signed out'],
] as const)('L10: stops when closed with %i, and says that it was because one %s', async (code, why) => {
  const { connection, sockets, socket } = follow()
  socket().hello(2)
  socket().lose(code)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(connection.ended).toBe(why)
  expect(sockets).toHaveLength(1)
})

it('loads the state anew when the numbers mean nothing any more, and goes on from there', async () => {
  const { connection, sockets, socket, heard } = follow()
  socket().hello(1, OTHER_EPOCH)
  socket().say({ type: 'reset' })
  await vi.advanceTimersByTimeAsync(0)
  expect(sockets).toHaveLength(2)
  expect(socket().url.search).toBe(`?after=40&epoch=${OTHER_EPOCH}&marks=0`)
  socket().hello(41, OTHER_EPOCH)
  socket().news(41)
  expect(heard).toEqual([41])
  expect(connection.status).toBe('connected')
})

it('learns from a refused reload that one is no member any more', async () => {
  const { connection, sockets, socket } = follow({ reload: () => Promise.reject(new Refusal('not-found')) })
  for (let tries = 0; tries < 4 && !connection.ended; tries += 1) {
    socket().lose()
    await vi.advanceTimersByTimeAsync(10_000)
  }
  expect(connection.ended).toBe('left')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sockets.length).toBeLessThan(5)
})

it('L3: measures how far the clocks are apart', async () => {
  const { connection, socket } = follow()
  socket().hello(2)
  expect(connection.offset).toBe(5_000)
  const { sent } = JSON.parse(socket().sent[0] ?? '') as { sent: number }
  await vi.advanceTimersByTimeAsync(100)
  socket().say({ type: 'clock', sent, now: sent + 50 + 7_000 })
  expect(connection.offset).toBe(7_000)
  expect(connection.now()).toBe(Date.now() + 7_000)
})

it('gives up a line on which the time is not answered', async () => {
  const { sockets, socket } = follow()
  socket().hello(2)
  socket().say({ type: 'clock', sent: Date.now(), now: Date.now() })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(sockets).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(8_000)
  expect(sockets).toHaveLength(2)
})

it('loads the state anew when an event makes no sense to this page', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { socket } = follow({
    hear: () => {
      throw new Error('what?')
    },
  })
  socket().hello(3)
  socket().news(3)
  await vi.advanceTimersByTimeAsync(0)
  expect(socket().url.searchParams.get('after')).toBe('40')
  vi.restoreAllMocks()
})

it('knows who is here while connected', () => {
  const { connection, socket } = follow()
  socket().hello(2)
  socket().say({ type: 'presence', accountIds: ['ada', 'ben'] })
  expect(connection.presence).toEqual(['ada', 'ben'])
  socket().lose()
  expect(connection.presence).toEqual([])
})

it('opens nothing after it was stopped', async () => {
  const { connection, sockets, socket } = follow()
  socket().lose()
  connection.stop()
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sockets).toHaveLength(1)
})

it('takes each read mark once, says the last one when it comes back, and asks for all of them after a reload', async () => {
  const marked: number[] = []
  const { socket } = follow({ marks: 3, mark: (all) => marked.push(...all.map(({ revision }) => revision)) })
  const say = (...revisions: number[]) =>
    socket().say({
      type: 'marks',
      marks: revisions.map((revision) => ({ threadId: 't', revision, read: [[1, revision]] })),
    })
  expect(socket().url.search).toContain('marks=3')
  socket().hello(2)
  say(2, 3, 4, 6)
  say(6)
  say(7)
  expect(marked).toEqual([4, 6, 7])
  socket().lose()
  await vi.advanceTimersByTimeAsync(500)
  expect(socket().url.search).toContain('marks=7')
  socket().say({ type: 'reset' })
  await vi.advanceTimersByTimeAsync(0)
  expect(socket().url.search).toContain('marks=0')
})
