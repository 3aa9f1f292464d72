import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'undici'
import { Value } from 'typebox/value'
import type { Call, Input, Output } from '#shared/contract.ts'
import { isRefusalCode, Refusal, type Problem } from '#shared/refusals.ts'
import { Frame, type Position } from '#shared/rooms.ts'

const PATIENCE = 10_000

type Given = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown }

/** Somebody at the front door of an instance: nothing but HTTP and a WebSocket. */
export class Visitor {
  readonly origin: string
  readonly lines: Line[] = []
  accountId = ''
  #cookie = ''

  constructor(origin: string) {
    this.origin = origin
  }

  async ask<C extends Call>(call: C, input: Input<C>): Promise<Output<C>> {
    const { params = {}, query, body } = (input ?? {}) as Given
    const path = call.path.replace(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    )
    const asked = query ? `?${new URLSearchParams(query).toString()}` : ''
    const answer = await fetch(`${this.origin}${path}${asked}`, {
      method: call.method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    this.#keep(answer)
    const said: unknown = await answer.json().catch(() => undefined)
    if (answer.ok) {
      if (!Value.Check(call.response, said))
        throw new Broken(`${call.method} ${call.path} answered in another shape than it promises.`)
      return said as Output<C>
    }
    const { code, message, field } = (said ?? {}) as Partial<Problem>
    if (code && isRefusalCode(code)) throw new Refusal(code, message, field)
    throw new Broken(`${call.method} ${call.path} answered ${String(answer.status)}.`)
  }

  /** What is said no to, and with which code; something else was promised when it was taken. */
  async refused<C extends Call>(call: C, input: Input<C>, code: string): Promise<Refusal> {
    try {
      await this.ask(call, input)
    } catch (problem) {
      if (problem instanceof Refusal && problem.code === code) return problem
      throw new Broken(
        `${call.summary}: expected “${code}”, heard “${problem instanceof Error ? problem.message : String(problem)}”.`,
      )
    }
    throw new Broken(`${call.summary}: it was taken, and should have been refused (“${code}”).`)
  }

  /** Follows a room from a number on. @throws Broken when the door is not opened. */
  async follow(roomId: string, position: Position): Promise<Line> {
    const line = new Line(this, roomId, position)
    this.lines.push(line)
    await line.until(({ type }) => type === 'hello', 'the hello of the socket')
    return line
  }

  get headers(): Record<string, string> {
    return { origin: this.origin, ...(this.#cookie ? { cookie: this.#cookie } : {}) }
  }

  #keep(answer: Response): void {
    for (const cookie of answer.headers.getSetCookie()) {
      const pair = cookie.split(';')[0] ?? ''
      if (pair.startsWith('signin=')) this.#cookie = pair
      if (pair.startsWith('__Host-signin=')) this.#cookie = pair
    }
  }
}

/** Something that the instance did, and no rule allows. */
export class Broken extends Error {}

/** One socket, and everything that came over it. */
export class Line {
  readonly from: number
  readonly frames: Frame[] = []
  readonly #socket: WebSocket
  #closed: number | undefined

  constructor({ origin, headers }: Visitor, roomId: string, { number, epoch }: Position) {
    this.from = number
    const url = new URL(`/api/rooms/${roomId}/socket?after=${number}&epoch=${epoch}&marks=0`, origin)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    this.#socket = new WebSocket(url, { headers })
    this.#socket.addEventListener('message', ({ data }) => {
      const frame: unknown = JSON.parse(String(data))
      this.frames.push(Value.Check(Frame, frame) ? frame : ({ type: 'unknown' } as never))
    })
    this.#socket.addEventListener('error', () => undefined)
    this.#socket.addEventListener('close', ({ code }) => {
      this.#closed = code
    })
  }

  get closed(): number | undefined {
    return this.#closed
  }

  get events(): { type: string; [key: string]: unknown }[] {
    return this.frames.flatMap((frame) => (frame.type === 'news' ? [frame.event as { type: string }] : []))
  }

  get numbers(): number[] {
    return this.frames.flatMap((frame) => (frame.type === 'news' ? [frame.number] : []))
  }

  /** Asks the time, as browsers do for their timers. */
  say(message: object): void {
    this.#socket.send(JSON.stringify(message))
  }

  async until(is: (frame: Frame) => boolean, what: string): Promise<Frame> {
    return within(
      () => this.frames.find(is),
      () => {
        if (this.#closed !== undefined)
          throw new Broken(`The socket was closed (${this.#closed}) before ${what} came.`)
      },
      `${what} never came.`,
    )
  }

  /** Waits for the log to be heard up to a number. A frame may come twice by then, or not at all; see `gap`. */
  async reach(number: number): Promise<void> {
    if (number <= this.from) return
    await this.until(
      (frame) => frame.type === 'news' && frame.number >= number,
      `event ${String(number)} of the room`,
    )
  }

  async untilClosed(code: number, what: string): Promise<void> {
    await within(
      () => this.#closed,
      () => undefined,
      `${what}: the socket stayed open.`,
    )
    if (this.#closed !== code)
      throw new Broken(
        `${what}: the socket was closed with ${String(this.#closed)} instead of ${String(code)}.`,
      )
  }

  /** What is wrong with the numbers that were heard, in words. */
  get gap(): string | undefined {
    let last = this.from
    for (const number of this.numbers) {
      if (number !== last + 1)
        return `event ${String(number)} was heard after ${String(last)}, where ${String(last + 1)} was due.`
      last = number
    }
    return undefined
  }

  close(): void {
    this.#socket.close()
  }
}

async function within<T>(look: () => T | undefined, watch: () => void, problem: string): Promise<T> {
  const until = Date.now() + PATIENCE
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    watch()
    if (Date.now() > until) throw new Broken(problem)
    await pause(10)
  }
}

/** Words that stand nowhere else. */
export const canary = (): string => `conformance-${randomUUID()}`
