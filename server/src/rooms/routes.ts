import type { WebSocket } from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { Value } from 'typebox/value'
import { memberships, rooms } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { ClockQuestion, type Frame } from '#shared/rooms.ts'
import type { App } from '../http.ts'
import type { House } from '../house.ts'
import { requireOurOrigin } from '../origin.ts'
import { requireSignIn, type SignedIn } from '../sign-in/guards.ts'
import { LONGEST_CATCH_UP, readPosition, type RoomKind } from './rooms.ts'

const MOST_SOCKETS = 10
const MOST_MESSAGES_A_SECOND = 20
const MOST_WAITING_BYTES = 1_048_576
const PING_EVERY = 25_000
/** How long a reader who catches up is waited for before its next thousand events, in milliseconds. */
const LONGEST_DRAIN = 20_000
const DRAIN_STEP = 20

/** Codes that a socket is closed with; the client knows them (web/src/lib/rooms/follow-room.ts). */
const CLOSED = { restart: 1012, tooSlow: 4008, tooMany: 4029, left: 4003, signedOut: 4001 } as const

/** The right to listen to a room: being an active member of its group, or a guest of that one session. */
type Listening = SignedIn & { roomId: string; groupId: string; kind: RoomKind }

/** What the client heard last: of the log, and of its own read marks. */
type Heard = { after: number; epoch: string; marks: number }

declare module 'fastify' {
  interface FastifyRequest {
    listening?: Listening
  }
}

async function requireListener(house: House, request: FastifyRequest): Promise<Listening> {
  const signedIn = await requireSignIn(house, request)
  const { roomId } = request.params as { roomId: string }
  const [room] = await house.db
    .select({ groupId: rooms.groupId, kind: rooms.kind })
    .from(rooms)
    .innerJoin(memberships, eq(memberships.groupId, rooms.groupId))
    .where(
      and(
        eq(rooms.id, roomId),
        eq(memberships.accountId, signedIn.account.id),
        eq(memberships.status, 'active'),
      ),
    )
  const found = room ?? (await findGuestRoom(house, signedIn, roomId))
  if (!found) throw new Refusal('not-found')
  return { ...signedIn, roomId, ...found }
}

async function findGuestRoom(house: House, { account }: SignedIn, roomId: string) {
  if (!(await house.rooms.isSeated(account.id, roomId))) return undefined
  const [room] = await house.db
    .select({ groupId: rooms.groupId, kind: rooms.kind })
    .from(rooms)
    .where(eq(rooms.id, roomId))
  return room
}

/** The one socket: news of a session or an episode, from the number that the client heard last. */
export function addRoomRoutes(house: House, app: App): void {
  const sockets = new Map<string, Set<WebSocket>>()
  app.addHook('onClose', () => {
    for (const all of sockets.values()) for (const socket of all) socket.close(CLOSED.restart)
  })

  app.get<{ Querystring: Heard }>(
    '/api/rooms/:roomId/socket',
    {
      websocket: true,
      config: { guard: 'requireListener' },
      schema: {
        params: { type: 'object', properties: { roomId: { type: 'string', format: 'uuid' } } },
        querystring: {
          type: 'object',
          required: ['after', 'epoch'],
          properties: {
            after: { type: 'integer', minimum: 0 },
            epoch: { type: 'string', format: 'uuid' },
            marks: { type: 'integer', minimum: 0, maximum: 2_147_483_647, default: 0 },
          },
        },
      },
      // A refusal after the upgrade would come too late to be an HTTP answer.
      preHandler: async (request) => {
        requireOurOrigin(house.config, request)
        request.listening = await requireListener(house, request)
        if ((sockets.get(request.listening.account.id)?.size ?? 0) >= MOST_SOCKETS)
          throw new Refusal('too-many')
      },
    },
    (socket, request) => {
      const { listening } = request
      if (!listening) return socket.terminate()
      const own = sockets.get(listening.account.id) ?? new Set()
      sockets.set(listening.account.id, own.add(socket))
      socket.on('close', () => {
        own.delete(socket)
        if (own.size === 0) sockets.delete(listening.account.id)
      })
      follow(house, socket, request.raw.socket, listening, request.query).catch((problem: unknown) => {
        request.log.error({ err: problem }, 'a socket could not follow its room')
        socket.close(CLOSED.restart)
      })
    },
  )
}

async function follow(
  house: House,
  socket: WebSocket,
  wire: Socket,
  listening: Listening,
  { after, epoch, marks }: Heard,
): Promise<void> {
  const send = (...frames: (string | Buffer)[]) => {
    if (socket.bufferedAmount > MOST_WAITING_BYTES) return socket.close(CLOSED.tooSlow)
    if (socket.readyState !== socket.OPEN) return
    // One write to the wire, however many frames.
    wire.cork()
    for (const frame of frames) socket.send(frame, { binary: false })
    wire.uncork()
  }
  const say = (frame: Frame) => send(JSON.stringify(frame))

  const over = new AbortController()
  socket.on('close', () => over.abort())
  answerClock(socket, say, house.now)
  keepAlive(socket)

  const { number, epoch: current } = await readPosition(house.db, listening.roomId)
  say({ type: 'hello', number, epoch: current, now: house.now().getTime() })
  if (epoch !== current || after > number || number - after > LONGEST_CATCH_UP) return say({ type: 'reset' })

  const leave = await house.rooms.follow(
    { id: listening.roomId, kind: listening.kind },
    {
      accountId: listening.account.id,
      signInId: listening.signInId,
      groupId: listening.groupId,
      marks,
      send,
      drained: () => drain(socket),
      close: (reason) => socket.close(reason === 'left' ? CLOSED.left : CLOSED.signedOut),
    },
    after,
  )
  // The socket may have closed while the past was read.
  if (over.signal.aborted) leave()
  else over.signal.addEventListener('abort', leave)
}

async function drain(socket: WebSocket): Promise<void> {
  for (let waited = 0; waited < LONGEST_DRAIN; waited += DRAIN_STEP) {
    if (socket.bufferedAmount <= MOST_WAITING_BYTES / 4) return
    await wait(DRAIN_STEP)
  }
}

function answerClock(socket: WebSocket, say: (frame: Frame) => void, now: () => Date): void {
  let second = 0
  let messages = 0
  socket.on('message', (data: Buffer) => {
    const current = Math.floor(Date.now() / 1000)
    messages = current === second ? messages + 1 : 1
    second = current
    if (messages > MOST_MESSAGES_A_SECOND) return socket.close(CLOSED.tooMany)
    try {
      const question = Value.Parse(ClockQuestion, JSON.parse(data.toString()))
      say({ type: 'clock', sent: question.sent, now: now().getTime() })
    } catch {
      socket.close(1003)
    }
  })
}

/** A peer that does not answer two pings is gone, whatever TCP believes. */
function keepAlive(socket: WebSocket): void {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    socket.ping()
  }, PING_EVERY)
  socket.on('close', () => clearInterval(timer))
}
