import { createSubscriber } from 'svelte/reactivity'
import { Value } from 'typebox/value'
import { Refusal } from '#shared/refusals.ts'
import { Frame, type Position, type ReadMark } from '#shared/rooms.ts'
import { ServerClock } from './server-clock.ts'

/** What a page says to follow a room. */
export type Following = {
  roomId: string
  /** Where the state stood that the page was loaded with. */
  position: Position
  /** The last of my read marks that is in that state; none: all of them in the room are told. */
  marks?: number
  /** Takes the events of the log: in order, each exactly once. */
  hear: (event: unknown, number: number) => void
  /** Takes what I read on another page of mine, in order; after a reload, all that I have read in the room. */
  mark?: (marks: readonly ReadMark[]) => void
  /** Loads the state anew and says where its log stood. Asked when events alone can't catch up. */
  reload: () => Promise<Position>
}

export type Status = 'connected' | 'catching up' | 'offline'
/** Why nothing more will be heard: no member any more, or signed out. */
export type Ended = 'left' | 'signed out'

/** What is used of a WebSocket. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onmessage' | 'onclose'>

/** Codes that the server closes with (server/src/rooms/routes.ts). */
const SIGNED_OUT = 4001
const LEFT = 4003
const RESTART = 1012

const FIRST_RETRY = 300
const LONGEST_RETRY = 10_000
/** Everybody comes back after a restart; not all in the same moment. */
const RESTART_SPREAD = 3_000
/** A refused upgrade looks like a lost line, so every so often the page itself is asked for. */
const RELOAD_EVERY = 4
const CLOCK_EVERY = 30_000
const CLOCK_ANSWERS_WITHIN = 8_000
/** A server that took the socket says hello at once. */
const HELLO_WITHIN = 10_000

/**
 * Follows the log of a room over its socket and keeps following: through sleep, a lost line and a restarted
 * server. `status`, `ended`, `presence` and `offset` can be read in templates and effects.
 *
 *     const connection = new RoomConnection({ roomId, position, hear, reload })
 *     $effect(() => connection.start())
 */
export class RoomConnection {
  readonly #room: Following
  readonly #open: (url: string) => Socket
  readonly #clock = new ServerClock()
  readonly #subscribe: () => void
  #changed: () => void = () => undefined
  #position: Position
  /** The last read mark that was heard. */
  #marks = 0
  #socket: Socket | undefined
  #started = false
  #status: Status = 'catching up'
  #ended: Ended | undefined
  #presence: readonly string[] = []
  /** Where the log stood at the hello; until then we are catching up. */
  #target = 0
  #failures = 0
  #reloading = false
  #retry: ReturnType<typeof setTimeout> | undefined
  #asking: ReturnType<typeof setInterval> | undefined
  #waiting: ReturnType<typeof setTimeout> | undefined

  constructor(room: Following, open: (url: string) => Socket = (url) => new WebSocket(url)) {
    this.#room = room
    this.#position = room.position
    this.#marks = room.marks ?? 0
    this.#open = open
    this.#subscribe = createSubscriber((update) => {
      this.#changed = update
    })
  }

  get status(): Status {
    this.#subscribe()
    return this.#status
  }

  /** Set when nothing more will be heard; the page says so. */
  get ended(): Ended | undefined {
    this.#subscribe()
    return this.#ended
  }

  /** Ids of the accounts that are connected. */
  get presence(): readonly string[] {
    this.#subscribe()
    return this.#presence
  }

  /** How many milliseconds the server's clock is ahead of ours. */
  get offset(): number {
    this.#subscribe()
    return this.#clock.offset
  }

  /** The server's time, in milliseconds since 1970: timers count against this. */
  now(): number {
    return Date.now() + this.#clock.offset
  }

  /** How far the log was heard. */
  get heard(): number {
    return this.#position.number
  }

  /** Begins to follow; gives how to stop, so that an effect can return it. Browser only. */
  start(): () => void {
    if (!this.#started) {
      this.#started = true
      window.addEventListener('online', this.#wake)
      window.addEventListener('offline', this.#lineLost)
      document.addEventListener('visibilitychange', this.#wake)
      this.#connect()
    }
    return () => this.stop()
  }

  stop(): void {
    if (!this.#started) return
    this.#started = false
    window.removeEventListener('online', this.#wake)
    window.removeEventListener('offline', this.#lineLost)
    document.removeEventListener('visibilitychange', this.#wake)
    clearTimeout(this.#retry)
    this.#drop()
  }

  #connect(): void {
    clearTimeout(this.#retry)
    if (!this.#started || this.#ended || this.#socket || this.#reloading) return
    const { number, epoch } = this.#position
    const url = new URL(
      `/api/rooms/${this.#room.roomId}/socket?after=${number}&epoch=${epoch}&marks=${this.#marks}`,
      location.href,
    )
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'

    const socket = this.#open(url.href)
    this.#socket = socket
    // A socket that was given up may still speak; it is not listened to any more.
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#take(String(data))
    }
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#lost(code)
    }
    this.#waiting = setTimeout(() => this.#lost(), HELLO_WITHIN)
  }

  #take(data: string): void {
    const frame = readFrame(data)
    switch (frame?.type) {
      case undefined:
        return
      case 'hello': {
        clearTimeout(this.#waiting)
        this.#failures = 0
        this.#clock.guess(frame.now)
        if (frame.epoch !== this.#position.epoch) return void this.#reload()
        this.#target = frame.number
        this.#ask()
        this.#asking = setInterval(() => this.#ask(), CLOCK_EVERY)
        return this.#caughtUp()
      }
      case 'news': {
        if (frame.number <= this.#position.number) return
        // Something is missing in between: ask for everything after what was heard.
        if (frame.number > this.#position.number + 1) return this.#again()
        try {
          this.#room.hear(frame.event, frame.number)
        } catch (problem) {
          // An event that this page can't make sense of, such as one of a newer version.
          console.error(problem)
          return void this.#reload()
        }
        this.#position = { ...this.#position, number: frame.number }
        return this.#caughtUp()
      }
      case 'marks': {
        const fresh = frame.marks.filter(({ revision }) => revision > this.#marks)
        this.#marks = Math.max(this.#marks, ...fresh.map(({ revision }) => revision))
        if (fresh.length > 0) this.#room.mark?.(fresh)
        return
      }
      case 'presence':
        this.#presence = frame.accountIds
        return this.#changed()
      case 'presence-changed': {
        const gone = new Set(frame.gone)
        const stayed = this.#presence.filter((id) => !gone.has(id) && !frame.came.includes(id))
        this.#presence = [...stayed, ...frame.came]
        return this.#changed()
      }
      case 'reset':
        return void this.#reload()
      case 'clock':
        clearTimeout(this.#waiting)
        this.#clock.measure(frame.sent, frame.now)
        return this.#changed()
    }
  }

  #caughtUp(): void {
    this.#be(this.#position.number >= this.#target ? 'connected' : 'catching up')
  }

  /** Asks the time; without an answer the line is dead, whatever the browser believes. */
  #ask(): void {
    this.#socket?.send(JSON.stringify({ type: 'clock', sent: Date.now() }))
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.#again(), CLOCK_ANSWERS_WITHIN)
  }

  #lost(code?: number): void {
    this.#drop()
    if (code === LEFT) return this.#end('left')
    if (code === SIGNED_OUT) return this.#end('signed out')
    this.#be('offline')
    const delay = code === RESTART ? Math.random() * RESTART_SPREAD : this.#delay()
    this.#retry = setTimeout(() => {
      if (this.#failures % RELOAD_EVERY === RELOAD_EVERY - 1) void this.#reload()
      else this.#connect()
    }, delay)
  }

  #delay(): number {
    const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#failures)
    this.#failures += 1
    return longest * (0.5 + Math.random() / 2)
  }

  /** Opens a new socket from what was heard. */
  #again(): void {
    this.#drop()
    this.#be('catching up')
    this.#connect()
  }

  /** The state anew, when numbers mean nothing any more, or to hear why nobody lets us in. */
  async #reload(): Promise<void> {
    if (this.#reloading) return
    this.#reloading = true
    this.#marks = 0
    this.#drop()
    try {
      this.#position = await this.#room.reload()
      this.#reloading = false
      this.#connect()
    } catch (problem) {
      this.#reloading = false
      if (problem instanceof Refusal && problem.code === 'not-found') return this.#end('left')
      if (problem instanceof Refusal && problem.code === 'not-signed-in') return this.#end('signed out')
      if (this.#started) this.#lost()
    }
  }

  readonly #wake = (): void => {
    if (document.visibilityState === 'hidden') return
    if (!this.#socket) this.#connect()
    // After a sleep the socket may be dead without anybody having noticed.
    else if (this.#status === 'connected') this.#ask()
  }

  readonly #lineLost = (): void => {
    if (this.#socket) this.#lost()
  }

  #drop(): void {
    clearTimeout(this.#waiting)
    clearInterval(this.#asking)
    const socket = this.#socket
    this.#socket = undefined
    socket?.close()
  }

  #end(why: Ended): void {
    this.#ended = why
    this.#be('offline')
    this.#changed()
    this.stop()
  }

  #be(status: Status): void {
    if (status === this.#status) return
    if (status === 'offline') this.#presence = []
    this.#status = status
    this.#changed()
  }
}

function readFrame(data: string): Frame | undefined {
  try {
    const frame: unknown = JSON.parse(data)
    return Value.Check(Frame, frame) ? frame : undefined
  } catch {
    return undefined
  }
}
