import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Value } from 'typebox/value'
import { WebSocket } from 'ws'
import { client, type Client } from '#lib/api.ts'
import { RoomConnection, type Socket } from '#lib/rooms/follow-room.ts'
import { LiveEvent, type AnswerDraft, type Room, type SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Position } from '#shared/rooms.ts'

const PATIENCE = 4_000
const RETRY_AFTER = 150

/** What the server said yes to, so that it can be looked for afterwards. */
export type Acknowledged = {
  answers: Map<string, { revision: number }>
  hands: Set<string>
  commitments: Set<string>
  extensions: Set<string>
}

/**
 * Somebody with a page open, in a process of the story: follows the room with the browser's own code, and asks again with
 * the same ids until it is answered.
 */
export class Somebody {
  readonly id: string
  readonly api: Client
  readonly acknowledged: Acknowledged = {
    answers: new Map(),
    hands: new Set(),
    commitments: new Set(),
    extensions: new Set(),
  }
  /** Every text of mine, by block and revision, whether or not it was ever answered. */
  readonly texts = new Map<string, Map<number, string>>()
  /** What was heard of the log, in order; after a reload it goes on from there. */
  readonly heard: { number: number; event: LiveEvent }[] = []
  readonly reloads: Position[] = []
  readonly problems: string[] = []
  /** How many requests were answered. */
  answered = 0
  retries = 0
  lines = 0
  view: SessionView
  readonly connection: RoomConnection
  readonly #params: { sessionId: string }
  #at: number
  /** My hand, until the room hears that it is down. */
  #raised: string | undefined
  #raising = false
  over = false

  constructor({ id, cookie, origin, room }: { id: string; cookie: string; origin: string; room: Room }) {
    this.id = id
    this.view = room.view
    this.#params = { sessionId: room.view.session.id }
    this.#at = room.position.number
    const headers = { cookie, origin }
    this.api = client((path, init) =>
      fetch(`${origin}${path}`, {
        ...init,
        headers: { ...(init?.headers as Record<string, string> | undefined), ...headers },
        signal: AbortSignal.timeout(PATIENCE),
      }),
    )
    this.connection = new RoomConnection(
      {
        roomId: room.view.session.id,
        position: room.position,
        hear: (event, number) => this.#hear(event, number),
        reload: () => this.#reload(),
      },
      (url) => {
        this.lines += 1
        const socket = new WebSocket(url, { headers })
        socket.on('error', () => undefined)
        return socket as unknown as Socket
      },
    )
  }

  get number(): number {
    return this.#at
  }

  /** Does one thing after another until told to stop. */
  async live(): Promise<void> {
    this.connection.start()
    while (!this.over) {
      await pause(20 + Math.random() * 100)
      const turn = Math.random()
      if (turn < 0.55) await this.#write()
      else if (turn < 0.75) await this.#hand()
      else if (turn < 0.9) await this.#promise()
      else await this.#rephrase()
    }
  }

  /** Finishes what is under way. */
  stop(): void {
    this.over = true
  }

  /** Asks until it is answered; a refusal is an answer. */
  async ask<T>(call: () => Promise<T>): Promise<T | Refusal> {
    for (;;) {
      try {
        const answer = await call()
        this.answered += 1
        return answer
      } catch (problem) {
        if (problem instanceof Refusal && problem.code !== 'too-many') {
          this.answered += 1
          return problem
        }
        this.retries += 1
        await pause(RETRY_AFTER * (0.5 + Math.random()))
      }
    }
  }

  async #write(): Promise<void> {
    const blockId = this.view.currentBlockId
    if (blockId === null) return
    const texts = this.texts.get(blockId) ?? new Map<number, string>()
    this.texts.set(blockId, texts)
    const revision = texts.size + 1
    const body = `What I think, for the ${String(revision)}th time: ${randomUUID()}`
    texts.set(revision, body)
    const draft: AnswerDraft = { id: randomUUID(), blockId, body, revision, done: revision % 3 > 0 }
    const kept = await this.ask(() => this.api.writeAnswer({ params: this.#params, body: draft }))
    if (kept instanceof Refusal) return
    if (kept.revision !== revision || kept.body !== body)
      this.problems.push(`Another text was kept: ${kept.body}`)
    this.acknowledged.answers.set(blockId, { revision })
  }

  async #hand(): Promise<void> {
    const mine = this.view.queue.find(({ accountId }) => accountId === this.id)
    // One hand each: while one is up, another is none, also when its news is still under way.
    if (this.#raised !== undefined && !mine) return
    if (mine) {
      const params = { ...this.#params, turnId: mine.turnId }
      if (Math.random() < 0.5) await this.ask(() => this.api.lowerHand({ params }))
      return
    }
    const turnId = randomUUID()
    this.#raised = turnId
    this.#raising = true
    const answer = await this.ask(() => this.api.raiseHand({ params: this.#params, body: { turnId } }))
    this.#raising = false
    if (answer instanceof Refusal) this.#raised = undefined
    else this.acknowledged.hands.add(turnId)
  }

  async #promise(): Promise<void> {
    const body = { id: randomUUID(), cue: 'the line is cut', action: 'ask again', due: null }
    const answer = await this.ask(() => this.api.makeCommitment({ params: this.#params, body }))
    if (!(answer instanceof Refusal)) this.acknowledged.commitments.add(body.id)
  }

  async #rephrase(): Promise<void> {
    const mine = this.view.commitments.find(({ accountId }) => accountId === this.id)
    if (!mine) return
    const params = { ...this.#params, commitmentId: mine.id }
    const body = { cue: 'it is quiet', action: `wait ${String(Math.random())}`, due: null }
    await this.ask(() => this.api.changeCommitment({ params, body }))
  }

  #hear(given: unknown, number: number): void {
    const event = Value.Parse(LiveEvent, given)
    if (number !== this.#at + 1) this.problems.push(`Heard ${String(number)} after ${String(this.#at)}.`)
    this.#at = number
    this.heard.push({ number, event })
    this.view = applyLiveEvent(this.view, event)
    const down =
      event.type === 'hands-lowered' ? event.turnIds : event.type === 'turn-given' ? [event.turnId] : []
    if (this.#raised !== undefined && down.includes(this.#raised)) this.#raised = undefined
  }

  async #reload(): Promise<Position> {
    const room = await this.api.getRoom({ params: this.#params })
    this.view = room.view
    this.#at = room.position.number
    this.reloads.push(room.position)
    const up = this.view.queue.some(({ turnId }) => turnId === this.#raised)
    if (!up && !this.#raising) this.#raised = undefined
    return room.position
  }
}

/** Runs the session meanwhile: gives the floor, adds minutes. */
export class Facilitator extends Somebody {
  override async live(): Promise<void> {
    this.connection.start()
    const params = { sessionId: this.view.session.id }
    while (!this.over) {
      await pause(100 + Math.random() * 200)
      const [next] = this.view.queue
      if (next && Math.random() < 0.4)
        await this.ask(() => this.api.giveTurn({ params: { ...params, turnId: next.turnId } }))
      else {
        const body = { id: randomUUID(), minutes: 1 }
        const answer = await this.ask(() => this.api.extendTimer({ params, body }))
        if (!(answer instanceof Refusal)) this.acknowledged.extensions.add(body.id)
      }
    }
  }

  /** Reveals what was written, and goes on. */
  async goOn(): Promise<void> {
    const params = { sessionId: this.view.session.id }
    const from = this.view.currentBlockId
    if (from !== null) await this.ask(() => this.api.revealAnswers({ params: { ...params, blockId: from } }))
    await this.ask(() => this.api.nextBlock({ params, body: { from } }))
  }
}
