import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { Discussion } from '#shared/threads.ts'
import type { Frame } from '#shared/rooms.ts'
import { openInstance, type Instance } from '#tests/instance.ts'
import { openValkey, valkeyProgram } from '#tests/valkey.ts'
import { pick, seedTalk, type Talk } from '../bench/seed-thread.ts'

/** How many posts are written while things go wrong. */
const POSTS = Number(process.env.STREAM_POSTS ?? 10_000)
const THREADS = Math.ceil(POSTS / 300)
const WRITERS = 12

type Told = { number: number; postId: string | undefined }

/** Somebody who keeps an episode open, as a page does: comes back after a lost line with the number that was heard last. */
class Reader {
  readonly told: Told[] = []
  lines = 0
  #socket: WebSocket | undefined
  #over = false
  readonly #instance: Instance
  readonly #cookie: string
  readonly #roomId: string
  readonly #from: Discussion['position']

  constructor(
    instance: Instance,
    cookie: string,
    { roomId, from }: { roomId: string; from: Discussion['position'] },
  ) {
    this.#instance = instance
    this.#cookie = cookie
    this.#roomId = roomId
    this.#from = from
    this.#open()
  }

  get number(): number {
    return this.told.at(-1)?.number ?? this.#from.number
  }

  #open() {
    if (this.#over) return
    this.lines += 1
    const { origin } = this.#instance
    const query = `after=${this.number}&epoch=${this.#from.epoch}`
    const socket = new WebSocket(
      `${origin.replace('http', 'ws')}/api/rooms/${this.#roomId}/socket?${query}`,
      {
        headers: { cookie: this.#cookie, origin },
      },
    )
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame
      if (frame.type !== 'news') return
      const { post } = frame.event as { post?: { id: string } }
      this.told.push({ number: frame.number, postId: post?.id })
    })
    socket.on('error', () => undefined)
    socket.on('close', () => void pause(100).then(() => this.#open()))
  }

  /** The line is cut, as in a tunnel. */
  cut() {
    this.#socket?.terminate()
  }

  leave() {
    this.#over = true
    this.#socket?.terminate()
  }
}

/** Writes one post, and asks again with the same id until somebody says that it is stored. */
async function write(talk: Talk, instances: readonly Instance[], threadId: string): Promise<string> {
  const body = JSON.stringify({ postId: randomUUID(), body: 'One of very many.' })
  const cookie = pick(talk.cookies)
  for (;;) {
    const { origin } = pick(instances)
    const answer = await fetch(`${origin}/api/groups/${talk.slug}/threads/${threadId}/posts`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body,
    }).catch(() => undefined)
    if (answer?.ok) return ((await answer.json()) as { id: string }).id
    if (answer && answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`)
    await pause(50)
  }
}

it(
  'L1, L7: two processes, Valkey stopped and started, one killed: no reader misses a post, hears one twice, or out of order',
  { timeout: 60_000 + POSTS * 40 },
  async () => {
    const program = valkeyProgram()
    const valkey = program ? await openValkey(program) : undefined
    const first = await openInstance({ pages: false, valkeyUrl: valkey?.url })
    const second = await openInstance({ beside: first, pages: false, valkeyUrl: valkey?.url })
    onTestFinished(async () => {
      await second.stop()
      await first.stop()
      await valkey?.stop()
    })
    const talk = await seedTalk(first.databaseUrl, THREADS, 1)
    const load = async (): Promise<Discussion> => {
      const answer = await fetch(
        `${first.origin}/api/groups/${talk.slug}/episodes/${talk.episodeId}/threads`,
        {
          headers: { cookie: talk.cookies[0] ?? '' },
        },
      )
      return (await answer.json()) as Discussion
    }
    const { position } = await load()
    const at = { roomId: talk.episodeId, from: position }
    const readers = [first, second, second].map(
      (instance, index) => new Reader(instance, talk.cookies[index] ?? '', at),
    )
    onTestFinished(() => readers.forEach((reader) => reader.leave()))

    const written: string[] = []
    let left = POSTS
    const writer = async () => {
      while (left > 0) {
        left -= 1
        written.push(await write(talk, [first, second], talk.threadIds[left % THREADS] ?? ''))
      }
    }
    const reaches = async (share: number) => {
      while (written.length < POSTS * share) await pause(20)
    }
    const trouble = async () => {
      await reaches(0.15)
      await valkey?.stop()
      await reaches(0.3)
      await valkey?.start()
      await reaches(0.45)
      await second.kill()
      await reaches(0.6)
      await second.start()
      await reaches(0.75)
      readers[2]?.cut()
      await reaches(0.85)
      await Promise.all([valkey?.stop(), second.kill()])
      await reaches(0.95)
      await Promise.all([valkey?.start(), second.start()])
    }
    await Promise.all([...Array.from({ length: WRITERS }, writer), trouble()])

    const numbers = Array.from({ length: POSTS }, (_, index) => position.number + index + 1)
    for (const reader of readers) {
      await expect.poll(() => reader.number, { timeout: 30_000 }).toBe(position.number + POSTS)
      expect(reader.told.map(({ number }) => number)).toEqual(numbers)
      expect(new Set(reader.told.map(({ postId }) => postId))).toEqual(new Set(written))
    }
    expect(readers[1]?.lines).toBeGreaterThan(2)
    expect(new Set(written).size).toBe(POSTS)
    expect((await load()).position.number).toBe(position.number + POSTS)
  },
)
