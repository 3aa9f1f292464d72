import type { FastifyInstance } from 'fastify'
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { Pool } from 'undici'
import { WebSocketServer, type WebSocket } from 'ws'
import { listen, type Listeners } from './listeners.ts'
import { seedRooms, type SeededRoom } from './seed-rooms.ts'
import { anotherNetwork, type Server, type Stage } from './stage.ts'

/** One side of a bench of rooms: a server, everybody who listens there, and how to write in a room. */
export type Side = {
  rooms: readonly SeededRoom[]
  listeners: Listeners
  /** Somebody says that they are done, or writes on: one event. Resolves when it was answered and everybody heard it. */
  write: (room: SeededRoom, at: number) => Promise<void>
  close: () => Promise<void>
}

export async function openSide(server: Server, rooms: readonly SeededRoom[]): Promise<Side> {
  const pool = new Pool(server.address, { connections: 50, pipelining: 1 })
  const listeners = await listen(server.address, rooms)
  const answers = new Map<string, { id: string; revision: number }>()
  return {
    rooms,
    listeners,
    write: async (room, at) => {
      const person = room.people[at % room.people.length]
      if (!person) throw new Error('Nobody is in the room.')
      const { id, revision } = answers.get(person.id) ?? { id: randomUUID(), revision: 0 }
      answers.set(person.id, { id, revision: revision + 1 })
      const arrived = listeners.expect(person.id, room.people.length)
      const answer = await pool.request({
        method: 'PUT',
        path: `/api/sessions/${room.id}/answers`,
        headers: {
          cookie: person.cookie,
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          'x-forwarded-for': anotherNetwork(),
          // For the bare side, which asks nobody who they are.
          'x-account': person.id,
        },
        body: JSON.stringify({
          ...{ id, blockId: room.blockId, revision: revision + 1, done: revision % 2 === 0 },
          body: 'One question less, and one minute of silence after each.',
        }),
      })
      const text = await answer.body.text()
      if (answer.statusCode !== 200) throw new Error(`An answer was answered ${answer.statusCode}: ${text}`)
      await arrived
    },
    close: async () => {
      await listeners.close()
      await pool.close()
    },
  }
}

/** Writes so often, in one room after the other, for so long; waits until everything was heard. */
export async function writeSteadily(
  side: Side,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number[]> {
  side.listeners.take()
  const began = performance.now()
  const all: Promise<void>[] = []
  for (let at = 0; at < perSecond * seconds; at += 1) {
    await wait(Math.max(0, began + (at * 1000) / perSecond - performance.now()))
    const room = side.rooms[at % side.rooms.length]
    if (room) all.push(side.write(room, Math.floor(at / side.rooms.length)))
  }
  await Promise.all(all)
  return side.listeners.take()
}

/** So many write at once, each again as soon as everybody heard it. Gives deliveries a second. */
export async function writeAtOnce(
  side: Side,
  { writers, seconds }: { writers: number; seconds: number },
): Promise<number> {
  const [room] = side.rooms
  if (!room) throw new Error('There is no room.')
  side.listeners.take()
  const began = performance.now()
  const writer = async (at: number) => {
    while (performance.now() < began + seconds * 1000) await side.write(room, at)
  }
  await Promise.all(Array.from({ length: writers }, (_, at) => writer(at)))
  return (side.listeners.take().length * 1000) / (performance.now() - began)
}

/** The time that one of a hundred takes longer than. */
export function p99(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
}

/** Ours and the bare one, each with a database and rooms of its own. */
export async function openSides(
  stage: Stage,
  bench: string,
  { rooms, people }: { rooms: number; people: number },
): Promise<Record<'ours' | 'bare', Side> & { close: () => Promise<void> }> {
  const open = async (side: 'ours' | 'bare') => {
    const databaseUrl = await stage.openDatabase(`${bench} ${side}`)
    const seeded = await seedRooms(databaseUrl, rooms, people)
    const server =
      side === 'ours' ? await stage.startApp(databaseUrl) : await stage.startBare(bench, databaseUrl)
    stage.progress(`${(rooms * people).toLocaleString('en')} listeners come (${side})`)
    return openSide(server, seeded)
  }
  const [ours, bare] = [await open('ours'), await open('bare')]
  return {
    ours,
    bare,
    close: async () => {
      await ours.close()
      await bare.close()
    },
  }
}

/**
 * The bare side: `ws`, one insert for what is written, and the frame to everybody. Nobody is asked who they are.
 * @param missed  whoever comes hears first what was there before
 */
export function serveBareRooms(app: FastifyInstance, pool: pg.Pool, missed = 0): void {
  const rooms = new Map<string, { number: number; sockets: Set<WebSocket> }>()
  const find = (id: string) => {
    const room = rooms.get(id) ?? { number: 0, sockets: new Set() }
    rooms.set(id, room)
    return room
  }
  const server = new WebSocketServer({ server: app.server })
  server.on('connection', (socket, request) => {
    const { sockets } = find(request.url?.split('/')[3] ?? '')
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.send('{"type":"hello"}')
    if (missed > 0) void catchUp(socket, request.url?.split('/')[3] ?? '')
  })
  const catchUp = async (socket: WebSocket, id: string) => {
    const { rows } = await pool.query<{ number: number; event: object }>({
      name: 'past',
      text: 'select number, event from room_events where room_id = $1 order by number',
      values: [id],
    })
    for (const { number, event } of rows) socket.send(JSON.stringify({ type: 'news', number, event }))
  }
  app.put<{ Params: { id: string }; Body: { id: string; blockId: string; done: boolean } }>(
    '/api/sessions/:id/answers',
    async ({ params, body, headers }) => {
      const room = find(params.id)
      room.number += 1
      const { number } = room
      const accountId = headers['x-account']
      const event = {
        type: body.done ? 'answer-written' : 'answer-unwritten',
        blockId: body.blockId,
        accountId,
      }
      await pool.query({
        name: 'event',
        text: 'insert into room_events (room_id, number, event, at) values ($1, $2, $3, now())',
        values: [params.id, number, JSON.stringify(event)],
      })
      const frame = JSON.stringify({ type: 'news', number, event })
      for (const socket of room.sockets) socket.send(frame)
      return { ...body, number }
    },
  )
}
