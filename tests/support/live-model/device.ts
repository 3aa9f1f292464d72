import { setTimeout as pause } from 'node:timers/promises'
import type { LiveEvent, SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import type { Position } from '#shared/rooms.ts'
import type { Heard, TestPerson } from '#tests/house.ts'
import type { Page } from './deed.ts'

const PATIENCE = 10_000

/** One device of one person: its socket, what it folded, and what it knows of my answers. */
export class Device implements Page {
  readonly person: TestPerson
  readonly written: Page['written'] = new Map()
  readonly voted: Page['voted'] = new Map()
  /** The types of all events, by number, as they were heard. */
  readonly heard = new Map<number, string>()
  /** Everything that ever came over its sockets, also what it did not take in. */
  readonly frames: string[] = []
  view: SessionView
  #position: Position
  #line: Heard | undefined
  /** What the server closed the line with, unasked. */
  #code: number | undefined
  #taken = 0

  constructor(person: TestPerson, { view, position }: { view: SessionView; position: Position }) {
    this.person = person
    this.view = view
    this.#position = position
  }

  get accountId(): string {
    return this.person.id
  }

  get connected(): boolean {
    return this.#line !== undefined
  }

  /** Comes (back) with the number that was heard last. */
  async connect(): Promise<void> {
    if (this.#line) return
    this.#taken = 0
    this.#code = undefined
    const line = await this.person.follow(this.view.session.id, this.#position)
    this.#line = line
    void line.closed.then((code) => {
      if (this.#line === line) this.#code = code
    })
  }

  /** The line is cut; what was under way is lost for this device. */
  async drop(): Promise<void> {
    const line = this.#line
    this.#line = undefined
    if (!line) return
    line.close()
    await line.closed
    this.frames.push(...line.frames.map((frame) => JSON.stringify(frame)))
  }

  /** Waits until the server closed the line, and gives its code. */
  async closed(): Promise<number | undefined> {
    const line = this.#line
    this.#line = undefined
    const code = await line?.closed
    this.frames.push(...(line?.frames.map((frame) => JSON.stringify(frame)) ?? []))
    return code
  }

  /** Folds what comes until the log stands at this number. */
  async reach(number: number): Promise<void> {
    const until = Date.now() + PATIENCE
    while (this.#line) {
      this.#take(this.#line)
      if (this.#position.number >= number) return
      const heard = `${this.person.name} heard ${String(this.#position.number)} of ${String(number)} events`
      if (this.#code !== undefined)
        throw new Error(`${heard}, then the line was closed: ${String(this.#code)}.`)
      if (Date.now() > until) throw new Error(`${heard}.`)
      await pause(1)
    }
  }

  #take({ frames }: Heard): void {
    for (const frame of frames.slice(this.#taken)) {
      this.#taken += 1
      if (frame.type === 'reset') throw new Error('Nobody is so far behind that the numbers mean nothing.')
      if (frame.type !== 'news') continue
      const { number } = this.#position
      if (frame.number !== number + 1)
        throw new Error(`${this.person.name} heard ${String(frame.number)} after ${String(number)}.`)
      const event = frame.event as LiveEvent
      this.view = applyLiveEvent(this.view, event)
      this.heard.set(frame.number, event.type)
      this.#position = { ...this.#position, number: frame.number }
    }
  }
}
