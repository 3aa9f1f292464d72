import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Db, Reader, Transaction } from '#db/connect.ts'
import { roomEvents, rooms } from '#db/schema.ts'
import type { Frame } from '#shared/rooms.ts'
import type { Config } from '../config.ts'
import { openHints, type Hint } from './hints.ts'
import { openMarks } from './marks.ts'
import { findWhoMayNot, type FindSeats } from './may-listen.ts'
import { openPresence, type Present } from './presence.ts'

export type { Present } from './presence.ts'

export type RoomKind = (typeof rooms.$inferSelect)['kind']

/** A stored event: ids, not words. */
export type StoredEvent = { type: string } & Record<string, unknown>
export type NumberedStoredEvent = { number: number; event: StoredEvent; at: Date }

/** Adds the words to stored events, in order. What is withdrawn or not yet revealed gets none. */
export type Wording = (db: Reader, roomId: string, events: NumberedStoredEvent[]) => Promise<object[]>

/** Who listens: one socket of one sign-in. */
export type Listener = {
  readonly accountId: string
  readonly signInId: string
  readonly groupId: string
  /** The last of the account's read marks that this page has heard. */
  readonly marks: number
  /** Several go out together. Frames that many hear come as bytes, put together once. */
  send: (...frames: (string | Buffer)[]) => void
  /** Resolves when what was sent is mostly out: a long past is not poured out at once. */
  drained: () => Promise<void>
  close: (reason: 'left' | 'signed-out') => void
}

export type Rooms = {
  /** Says how the events of one kind of room are put into words. Called at start, once per kind. */
  word: (kind: RoomKind, wording: Wording) => void
  /** Says who may listen to a session's room without being in its group. Called at start. */
  seatGuests: (find: FindSeats) => void
  /** Tells who is connected, whenever open rooms are looked at. Called at start. */
  watch: (tell: (rooms: Present[]) => Promise<void>) => void
  /** Whether somebody sits in a room as such a guest. */
  isSeated: (accountId: string, roomId: string) => Promise<boolean>
  /**
   * Tells the listeners of a room, in every process, that there is news up to this number. Called after the commit.
   * @param told  the last events as they were stored; known, they need not be read again
   */
  announce: (roomId: string, number: number, told?: { events: readonly StoredEvent[]; at: Date }) => void
  /** Tells the other pages of an account, in every process, what it has read; nobody else. Called after the commit. */
  announceMarks: (accountId: string) => void
  /** Joins, catches up from `after`, then hears everything in order. Gives how to leave. */
  follow: (room: { id: string; kind: RoomKind }, listener: Listener, after: number) => Promise<() => void>
  endMembership: (groupId: string, accountId: string) => void
  /** Lets the pages of somebody read anew what they may do. Called after the commit. */
  renew: (groupId: string, accountId: string) => void
  endSignIn: (signInId: string) => void
  close: () => Promise<void>
}

type Follower = Listener & {
  roomId: string
  sent: number
  live: boolean
  /** Knows who is connected. */
  greeted: boolean
  /** At which look it was last asked whether they still may listen; 0: at none yet. */
  judged: number
  leave: () => void
}
type OpenRoom = {
  id: string
  kind: RoomKind
  followers: Set<Follower>
  number: number
  pumping: Promise<void> | undefined
  again: boolean
  /** What this process stored itself and nobody has heard yet, by number. */
  fresh: Map<number, NumberedStoredEvent>
}

/** An event in words, as everybody hears it. */
type News = { number: number; frame: Buffer }

/** How often open rooms are looked at even when no hint came. */
const LOOK_EVERY = 2_000

/** Of how many sockets it is asked at one look whether they still may listen. Who leaves is also told at once (`hear`). */
const MOST_JUDGED = 2_000
/** Of how many in one go: in between, whatever happens is heard. */
const JUDGED_IN_ONE_GO = 200

/** How many events are read in one go. */
const MOST_AT_ONCE = 1_000

/** More than this is too far behind to catch up event by event; the client loads the page's state anew. */
export const LONGEST_CATCH_UP = 10_000

export function openRooms(config: Config, db: Db, databaseUrl: string): Rooms {
  const wordings = new Map<RoomKind, Wording>()
  const open = new Map<string, OpenRoom>()
  let findSeats: FindSeats = () => Promise.resolve([])
  let watcher: (rooms: Present[]) => Promise<void> = () => Promise.resolve()
  const marks = openMarks(db)
  const hints = openHints(config, databaseUrl, hear)
  const presence = openPresence(hints.send, (roomId, frame) => {
    for (const follower of open.get(roomId)?.followers ?? []) if (follower.greeted) follower.send(frame)
  })
  let looks = 0
  let lookingNow = false
  const looking = setInterval(() => {
    // One that takes long is not overtaken by the next.
    if (lookingNow) return
    lookingNow = true
    void look()
      // The database is away; the next look tries again.
      .catch(() => undefined)
      .finally(() => {
        lookingNow = false
      })
  }, LOOK_EVERY).unref()

  return {
    word: (kind, wording) => void wordings.set(kind, wording),
    seatGuests: (find) => {
      findSeats = find
    },
    watch: (tell) => {
      watcher = tell
    },
    isSeated: async (accountId, roomId) => (await findSeats(db, [accountId], [roomId])).length > 0,
    announce,
    announceMarks,
    follow,
    endMembership,
    renew,
    endSignIn,
    close,
  }

  function announce(roomId: string, number: number, told?: Parameters<Rooms['announce']>[2]): void {
    const room = open.get(roomId)
    if (room) {
      const first = number + 1 - (told?.events.length ?? 0)
      for (const [at, event] of told?.events.entries() ?? [])
        room.fresh.set(first + at, { number: first + at, event, at: told?.at ?? new Date() })
      wake(room)
    }
    // Whoever listens here hears it first.
    setImmediate(() => hints.send({ type: 'news', roomId, number }))
  }

  function announceMarks(accountId: string): void {
    marks.wake(accountId)
    hints.send({ type: 'marks', accountId })
  }

  async function follow(
    { id, kind }: { id: string; kind: RoomKind },
    listener: Listener,
    after: number,
  ): Promise<() => void> {
    const room = open.get(id) ?? {
      id,
      kind,
      followers: new Set(),
      number: after,
      pumping: undefined,
      again: false,
      fresh: new Map(),
    }
    open.set(id, room)
    // Joined before the past is read: what happens in between waits for its turn.
    const follower: Follower = {
      ...listener,
      roomId: id,
      sent: after,
      live: false,
      greeted: false,
      judged: 0,
      leave: () => undefined,
    }
    const { accountId } = listener
    const leaves: (() => void)[] = []
    follower.leave = () => {
      if (!room.followers.delete(follower)) return
      if (room.followers.size === 0 && open.get(id) === room) open.delete(id)
      for (const leave of leaves) leave()
    }
    room.followers.add(follower)
    if (kind === 'session') {
      follower.greeted = true
      follower.send(presence.join(id, accountId))
      leaves.push(() => presence.leave(id, accountId))
    } else leaves.push(marks.join(id, listener))
    try {
      await catchUp(room, follower)
    } catch (problem) {
      follower.leave()
      throw problem
    }
    return follower.leave
  }

  async function catchUp(room: OpenRoom, follower: Follower): Promise<void> {
    for (;;) {
      const news = await read(room, follower.sent)
      if (news.length === 0) break
      give(follower, news)
      await follower.drained()
    }
    // From here on it hears with everybody else; the pump begins at whoever is furthest behind.
    follower.live = true
    wake(room)
  }

  function wake(room: OpenRoom): void {
    room.again = true
    room.pumping ??= pump(room).finally(() => {
      room.pumping = undefined
      // Somebody called between the last look and now.
      if (room.again) wake(room)
    })
  }

  /** Reads what is new, words and serialises it once, and gives it to everybody who is up to date. */
  async function pump(room: OpenRoom): Promise<void> {
    while (room.again) {
      room.again = false
      const behind = Math.min(
        room.number,
        ...[...room.followers].filter(({ live }) => live).map(({ sent }) => sent),
      )
      try {
        const news = await read(room, behind)
        room.number = Math.max(room.number, news.at(-1)?.number ?? 0)
        for (const follower of room.followers) if (follower.live) give(follower, news)
        for (const number of room.fresh.keys()) if (number <= room.number) room.fresh.delete(number)
        if (news.length === MOST_AT_ONCE || room.fresh.size > 0) room.again = true
      } catch {
        // The database is away; the next look tries again.
        return
      }
    }
  }

  /** What it has not heard yet, when nothing is missing in between. */
  function give(follower: Follower, news: readonly News[]): void {
    const frames: Buffer[] = []
    for (const { number, frame } of news) {
      if (number !== follower.sent + 1) continue
      follower.sent = number
      frames.push(frame)
    }
    if (frames.length > 0) follower.send(...frames)
  }

  async function read(room: OpenRoom, after: number): Promise<News[]> {
    const stored = justStored(room, after) ?? (await readStored(room, after))
    if (stored.length === 0) return []
    const wording = wordings.get(room.kind)
    if (!wording) throw new Error(`Nobody words the events of a ${room.kind}.`)
    const worded = await wording(db, room.id, stored)
    return stored.map(({ number }, index) => ({
      number,
      frame: Buffer.from(JSON.stringify({ type: 'news', number, event: worded[index] } satisfies Frame)),
    }))
  }

  function justStored({ fresh }: OpenRoom, after: number): NumberedStoredEvent[] | undefined {
    const known: NumberedStoredEvent[] = []
    for (let next = fresh.get(after + 1); next; next = fresh.get(next.number + 1)) known.push(next)
    return known.length > 0 ? known : undefined
  }

  async function readStored(room: OpenRoom, after: number): Promise<NumberedStoredEvent[]> {
    const stored = await db
      .select({ number: roomEvents.number, event: roomEvents.event, at: roomEvents.at })
      .from(roomEvents)
      .where(and(eq(roomEvents.roomId, room.id), gt(roomEvents.number, after)))
      .orderBy(asc(roomEvents.number))
      .limit(MOST_AT_ONCE)
    return stored as NumberedStoredEvent[]
  }

  function hear(hint: Hint): void {
    switch (hint.type) {
      case 'news': {
        const room = open.get(hint.roomId)
        if (room && room.number < hint.number) wake(room)
        return
      }
      case 'process':
      case 'present':
        return presence.hear(hint)
      case 'marks':
        return marks.wake(hint.accountId)
      case 'membership-ended':
        return dismiss((one) => one.groupId === hint.groupId && one.accountId === hint.accountId, 'left')
      case 'role-changed':
        return reset((one) => one.groupId === hint.groupId && one.accountId === hint.accountId)
      case 'sign-in-ended':
        return dismiss((one) => one.signInId === hint.signInId, 'signed-out')
    }
  }

  function endMembership(groupId: string, accountId: string): void {
    hear({ type: 'membership-ended', groupId, accountId })
    hints.send({ type: 'membership-ended', groupId, accountId })
  }

  function renew(groupId: string, accountId: string): void {
    hear({ type: 'role-changed', groupId, accountId })
    hints.send({ type: 'role-changed', groupId, accountId })
  }

  function endSignIn(signInId: string): void {
    hear({ type: 'sign-in-ended', signInId })
    hints.send({ type: 'sign-in-ended', signInId })
  }

  function dismiss(which: (follower: Follower) => boolean, reason: 'left' | 'signed-out'): void {
    for (const follower of followers().filter(which)) {
      follower.leave()
      follower.close(reason)
    }
  }

  /** They load their page's state anew, and come back. */
  function reset(which: (follower: Follower) => boolean): void {
    for (const follower of followers().filter(which))
      follower.send(JSON.stringify({ type: 'reset' } satisfies Frame))
  }

  function followers(): Follower[] {
    return [...open.values()].flatMap((room) => [...room.followers])
  }

  /** Finds what a lost hint would have told: news, and people who may not listen any more. */
  async function look(): Promise<void> {
    if (open.size === 0) return
    const numbers = await db
      .select({ id: rooms.id, number: rooms.number })
      .from(rooms)
      .where(sql`${rooms.id} = any(${sql.param([...open.keys()])}::uuid[])`)
    for (const { id, number } of numbers) {
      const room = open.get(id)
      if (room && room.number < number) wake(room)
    }
    await marks.look()
    await dismissWhoMayNot()
    presence.look()
    for (const some of presence.list()) await watcher(some)
  }

  /**
   * Whoever has just come, and who was not asked about for longest, as many as is quick. Only those are judged who listened
   * when it was asked: whoever joins meanwhile has just been let in.
   */
  async function dismissWhoMayNot(): Promise<void> {
    looks += 1
    const all = followers()
      .sort((a, b) => a.judged - b.judged)
      .slice(0, MOST_JUDGED)
    for (const one of all) one.judged = looks
    for (let at = 0; at < all.length; at += JUDGED_IN_ONE_GO) {
      const gone = await findWhoMayNot(db, findSeats, all.slice(at, at + JUDGED_IN_ONE_GO))
      if (gone.size > 0) dismiss((follower) => gone.has(follower), 'left')
    }
  }

  async function close(): Promise<void> {
    clearInterval(looking)
    presence.close()
    await hints.close()
    for (const room of open.values()) await room.pumping
  }
}

export type Tell = (event: StoredEvent) => void

/** Makes the log of a session, an episode or a group, in the transaction that makes the thing itself. */
export async function makeRoom(tx: Transaction, id: string, groupId: string, kind: RoomKind): Promise<void> {
  await tx.insert(rooms).values({ id, groupId, kind })
}

/** Where a log stands: what a page that was loaded now has heard. Read it in the same transaction as the state. */
export async function readPosition(reader: Reader, id: string): Promise<{ number: number; epoch: string }> {
  const [room] = await reader
    .select({ number: rooms.number, epoch: rooms.epoch })
    .from(rooms)
    .where(eq(rooms.id, id))
  if (!room) throw new Error(`There is no room ${id}.`)
  return room
}
