import { randomUUID } from 'node:crypto'
import type { Frame } from '#shared/rooms.ts'
import type { Hint } from './hints.ts'

/** Who is connected to a session's room: to this process, and to any as far as it was heard. */
export type Present = { readonly roomId: string; readonly here: string[]; readonly everywhere: string[] }

export type Presence = {
  /** A socket joins. Gives the frame that it begins with: who is connected, as everybody else knows it. */
  join: (roomId: string, accountId: string) => string
  leave: (roomId: string, accountId: string) => void
  /** What another process says. */
  hear: (hint: Hint) => void
  /** Says again who is here, as long as another process listens, and forgets whom nobody speaks of any more. */
  look: () => void
  /** A hundred rooms in one go, each lot put together when it is asked for. */
  list: () => Iterable<Present[]>
  close: () => void
}

/** Who comes and goes within this many milliseconds is told at once: a thousand who come together are a few frames. */
const GATHERS = 200
/** How long a process's word on who is connected holds, and how long a silent process counts as there. */
const HOLDS = 6_000
const ANNOUNCES_EVERY = 1_000
/** So that a hint stays small (hints.ts). */
const MOST_IN_A_HINT = 150
const LISTED_IN_ONE_GO = 100

type Room = {
  /** How many sockets of whom are in this process. */
  here: Map<string, number>
  /** By account, until when which process says that they are there. */
  elsewhere: Map<string, Map<string, number>>
  /** Whom the listeners know of. */
  told: Set<string>
  /** `told` as a frame, while it is true. */
  frame: string | undefined
  /** Whom the other processes know of. */
  said: Set<string>
  telling: ReturnType<typeof setTimeout> | undefined
}

/**
 * Who is connected, beside the logs and without a number. A newcomer hears the whole list, everybody hears who came and
 * went. Between processes it is gossip: said when it changes, said again at each look, forgotten when nobody says it.
 */
export function openPresence(
  send: (hint: Hint) => void,
  tell: (roomId: string, frame: string) => void,
): Presence {
  const rooms = new Map<string, Room>()
  const processes = new Map<string, number>()
  const self = randomUUID()
  let announced = 0

  return { join, leave, hear, look, list, close }

  function find(roomId: string): Room {
    const room = rooms.get(roomId) ?? {
      here: new Map<string, number>(),
      elsewhere: new Map<string, Map<string, number>>(),
      told: new Set<string>(),
      frame: undefined,
      said: new Set<string>(),
      telling: undefined,
    }
    rooms.set(roomId, room)
    return room
  }

  function join(roomId: string, accountId: string): string {
    const room = find(roomId)
    if (room.here.size === 0) announceSelf()
    room.here.set(accountId, (room.here.get(accountId) ?? 0) + 1)
    soon(roomId, room)
    room.frame ??= JSON.stringify({ type: 'presence', accountIds: [...room.told].sort() } satisfies Frame)
    return room.frame
  }

  function leave(roomId: string, accountId: string): void {
    const room = rooms.get(roomId)
    if (!room) return
    const sockets = (room.here.get(accountId) ?? 0) - 1
    if (sockets > 0) room.here.set(accountId, sockets)
    else room.here.delete(accountId)
    soon(roomId, room)
  }

  function soon(roomId: string, room: Room): void {
    room.telling ??= setTimeout(() => {
      room.telling = undefined
      tellChanges(roomId, room)
    }, GATHERS).unref()
  }

  function tellChanges(roomId: string, room: Room): void {
    const now = new Set(everywhere(room))
    const came = [...now].filter((id) => !room.told.has(id)).sort()
    const gone = [...room.told].filter((id) => !now.has(id)).sort()
    if (came.length > 0 || gone.length > 0) {
      room.told = now
      room.frame = undefined
      tell(roomId, JSON.stringify({ type: 'presence-changed', came, gone } satisfies Frame))
    }
    sayChanges(roomId, room)
    if (room.here.size === 0 && room.elsewhere.size === 0) rooms.delete(roomId)
  }

  function sayChanges(roomId: string, room: Room): void {
    const came = [...room.here.keys()].filter((id) => !room.said.has(id))
    const gone = [...room.said].filter((id) => !room.here.has(id))
    room.said = new Set(room.here.keys())
    say(roomId, came, gone)
  }

  /** So that the others say who is where. */
  function announceSelf(): void {
    if (Date.now() < announced + ANNOUNCES_EVERY) return
    announced = Date.now()
    send({ type: 'process', process: self })
  }

  /** Nobody is told what nobody listens to. */
  function say(roomId: string, here: string[], gone: string[]): void {
    if (processes.size === 0) return
    for (const some of inParts(here)) send({ type: 'present', roomId, process: self, here: some, gone: [] })
    for (const some of inParts(gone)) send({ type: 'present', roomId, process: self, here: [], gone: some })
  }

  function hear(hint: Hint): void {
    if (hint.type === 'process' && hint.process !== self) {
      const isNew = !processes.has(hint.process)
      processes.set(hint.process, Date.now() + HOLDS)
      if (isNew) for (const [roomId, room] of rooms) say(roomId, [...room.here.keys()], [])
      return
    }
    if (hint.type !== 'present' || hint.process === self) return
    const room = find(hint.roomId)
    const until = Date.now() + HOLDS
    for (const accountId of hint.here) {
      const where = room.elsewhere.get(accountId) ?? new Map<string, number>()
      room.elsewhere.set(accountId, where.set(hint.process, until))
    }
    for (const accountId of hint.gone) forget(room, accountId, hint.process)
    soon(hint.roomId, room)
  }

  function forget(room: Room, accountId: string, process: string): void {
    const where = room.elsewhere.get(accountId)
    where?.delete(process)
    if (where?.size === 0) room.elsewhere.delete(accountId)
  }

  function look(): void {
    const now = Date.now()
    for (const [process, until] of processes) if (until < now) processes.delete(process)
    announceSelf()
    for (const [roomId, room] of rooms) {
      say(roomId, [...room.here.keys()], [])
      const before = room.elsewhere.size
      for (const [accountId, where] of room.elsewhere)
        for (const [process, until] of where) if (until < now) forget(room, accountId, process)
      if (room.elsewhere.size < before) soon(roomId, room)
    }
  }

  function* list(): Iterable<Present[]> {
    const watched = [...rooms].filter(([, room]) => room.here.size > 0)
    for (let at = 0; at < watched.length; at += LISTED_IN_ONE_GO)
      yield watched.slice(at, at + LISTED_IN_ONE_GO).map(([roomId, room]) => ({
        roomId,
        here: [...room.here.keys()],
        everywhere: everywhere(room).sort(),
      }))
  }

  function close(): void {
    for (const room of rooms.values()) clearTimeout(room.telling)
  }
}

const everywhere = ({ here, elsewhere }: Room): string[] => [
  ...new Set([...here.keys(), ...elsewhere.keys()]),
]

function inParts(all: readonly string[]): string[][] {
  const parts: string[][] = []
  for (let at = 0; at < all.length; at += MOST_IN_A_HINT) parts.push(all.slice(at, at + MOST_IN_A_HINT))
  return parts
}
