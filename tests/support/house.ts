import { randomBytes } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { onTestFinished, inject } from 'vitest'
import WebSocket from 'ws'
import { accounts, mails } from '#db/schema.ts'
import { client, type Client } from '#lib/api.ts'
import { buildApp } from '#server/app.ts'
import { readConfig, type Config } from '#server/config.ts'
import type { House } from '#server/house.ts'
import type { App } from '#server/http.ts'
import { openSignIn } from '#server/sign-in/engine.ts'
import type { Frame } from '#shared/rooms.ts'
import { copyDatabase } from './database.ts'

const ORIGIN = 'http://localhost:3000'

/** A person of a story: their calls of the API go through the front door, with their cookie. */
export type TestPerson = {
  id: string
  name: string
  email: string
  api: Client
  cookie: string
  /** Any request, for what the typed calls can't say. */
  request: (options: InjectOptions) => Promise<LightMyRequestResponse>
  /** Follows a room over a real socket, from the given position, and from the last read mark that was heard. */
  follow: (roomId: string, position: { number: number; epoch: string }, marks?: number) => Promise<Heard>
}

/** What one socket heard, in order. */
export type Heard = {
  frames: Frame[]
  /** The events of the log so far. */
  events: () => { type: string; [key: string]: unknown }[]
  /** Waits for a frame or event by name. */
  until: (type: string) => Promise<Frame>
  /** The close code, once it was closed. */
  closed: Promise<number>
  close: () => void
}

export type TestHouse = {
  app: App
  house: House
  databaseUrl: string
  /** Follows a room with the cookie of somebody who is no person of the story. */
  followAs: (cookie: string, roomId: string, position: { number: number; epoch: string }) => Promise<Heard>
  /** Turns the clock forward. */
  pass: (time: { minutes?: number; hours?: number; days?: number }) => void
  /** Does a job that comes by the clock, as of the story's time. */
  runJob: (name: string) => Promise<void>
  /** Somebody with a confirmed address who is signed in. */
  person: (name: string, more?: Partial<typeof accounts.$inferInsert>) => Promise<TestPerson>
  /** Somebody who is not signed in. */
  stranger: () => TestPerson
  /** Somebody who came in by themselves, with the cookie that they were given. */
  withCookie: (id: string, email: string, cookie: string) => TestPerson
  /** Mail so far, oldest first. */
  mail: () => Promise<{ to: string; subject: string; text: string }[]>
  /** The address in the newest mail to somebody. */
  linkTo: (email: string) => Promise<string>
}

/** The application as it runs in production, on a database of this story alone. The clock stands still until turned. */
export async function openHouse({
  at = '2026-11-22T09:00:00Z',
  jobs = false,
  databaseUrl,
  settings = {},
  log,
}: {
  at?: string
  jobs?: boolean
  databaseUrl?: string
  settings?: Partial<Config>
  /** Hears every line of the log. */
  log?: { write: (line: string) => void }
} = {}): Promise<TestHouse> {
  const copy = databaseUrl ? undefined : await copyDatabase(inject('postgres'))
  const url = databaseUrl ?? copy?.url ?? ''
  let now = new Date(at).getTime()
  const config = {
    ...readConfig({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' }),
    limits: false,
    origin: ORIGIN,
    ...settings,
  }
  const { app, house } = await buildApp({
    config,
    databaseUrl: url,
    instanceKey: randomBytes(32),
    now: () => new Date(now),
    jobs,
    ...(log ? { log } : {}),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    await app.close()
    await copy?.drop()
  })

  const visitor = (name: string, id: string, email: string, cookie: string): TestPerson => {
    const request = (options: InjectOptions) =>
      app.inject({
        ...options,
        headers: { origin: ORIGIN, ...(cookie ? { cookie } : {}), ...options.headers },
      })
    const fetcher = async (path: string, init: RequestInit = {}) => {
      const answer = await request({
        method: init.method ?? 'GET',
        url: path,
        headers: init.headers as Record<string, string>,
        ...(init.body === undefined ? {} : { payload: init.body as string }),
      })
      return new Response(answer.body, { status: answer.statusCode })
    }
    return {
      id,
      name,
      email,
      cookie,
      request,
      api: client(fetcher),
      follow: (roomId, position, marks) => follow(app, cookie, roomId, position, marks),
    }
  }

  return {
    app,
    house,
    databaseUrl: url,
    pass: ({ minutes = 0, hours = 0, days = 0 }) =>
      void (now += ((days * 24 + hours) * 60 + minutes) * 60_000),
    followAs: (cookie, roomId, position) => follow(app, cookie, roomId, position),
    runJob: (name) => house.jobs.run(name),
    person: async (name, more = {}) => {
      const email =
        more.email ??
        `${name.toLowerCase().replace(/\W+/g, '.')}.${randomBytes(3).toString('hex')}@example.org`
      const [account] = await house.db
        .insert(accounts)
        .values({ name, email, verifiedAt: new Date(now), ...more })
        .returning()
      if (!account) throw new Error('no account')
      const token = await openSignIn(house, house.db, account.id, 'test')
      return visitor(name, account.id, email, `signin=${token}`)
    },
    stranger: () => visitor('a stranger', '', '', ''),
    withCookie: (id, email, cookie) => visitor(email, id, email, cookie),
    mail: async () => {
      const sent = await house.db.select().from(mails).orderBy(mails.number)
      return sent.map(({ recipient, subject, text }) => ({ to: recipient, subject, text }))
    },
    linkTo: async (email) => {
      const sent = await house.db.select().from(mails).orderBy(mails.number)
      const newest = sent.findLast(({ recipient }) => recipient === email)
      return /https?:\/\/\S+/.exec(newest?.text ?? '')?.[0].replace(ORIGIN, '') ?? ''
    },
  }
}

function follow(
  app: App,
  cookie: string,
  roomId: string,
  { number, epoch }: { number: number; epoch: string },
  marks = 0,
): Promise<Heard> {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}/api/rooms/${roomId}/socket?after=${number}&epoch=${epoch}&marks=${marks}`,
    {
      headers: { cookie, origin: ORIGIN },
    },
  )
  const frames: Frame[] = []
  const waiting: { type: string; tell: (frame: Frame) => void }[] = []
  const matches = (frame: Frame, type: string) =>
    frame.type === type || (frame.type === 'news' && (frame.event as { type: string }).type === type)
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame
    frames.push(frame)
    for (const one of waiting.filter(({ type }) => matches(frame, type))) {
      waiting.splice(waiting.indexOf(one), 1)
      one.tell(frame)
    }
  })
  const closed = Promise.withResolvers<number>()
  socket.on('close', closed.resolve)
  const heard: Heard = {
    frames,
    events: () => frames.flatMap((frame) => (frame.type === 'news' ? [frame.event as { type: string }] : [])),
    until: (type) => {
      const already = frames.find((frame) => matches(frame, type))
      if (already) return Promise.resolve(already)
      const { promise, resolve } = Promise.withResolvers<Frame>()
      waiting.push({ type, tell: resolve })
      return promise
    },
    closed: closed.promise,
    close: () => socket.close(),
  }
  const opened = Promise.withResolvers<Heard>()
  socket.on('open', () => void heard.until('hello').then(() => opened.resolve(heard)))
  socket.on('error', opened.reject)
  socket.on('unexpected-response', (_request, response) =>
    opened.reject(new Error(`HTTP ${String(response.statusCode)}`)),
  )
  return opened.promise
}
