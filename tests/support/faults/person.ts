import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Value } from 'typebox/value'
import { WebSocket } from 'ws'
import { client, type Client } from '#lib/api.ts'
import { RoomConnection, type Socket } from '#lib/rooms/follow-room.ts'
import type { BallotDraft } from '#shared/ballots.ts'
import { LiveEvent, type AnswerDraft, type Room, type SessionView } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { topicsAtHand } from '#shared/live/ballot.ts'
import { currentBlock } from '#shared/live/rules.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Position } from '#shared/rooms.ts'

const PATIENCE = 2_500
const RETRY_AFTER = 150

/** What the server said yes to, so that it can be looked for afterwards. */
export type Acknowledged = {
  answers: Map<string, { revision: number }>
  hands: Set<string>
  commitments: Set<string>
  extensions: Set<string>
  /** The last one of each block. */
  ballots: Map<string, Pick<BallotDraft, 'revision' | 'dots'>>
  /** In which topic an answer was put last. */
  gathered: Map<string, string>
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
    ballots: new Map(),
    gathered: new Map(),
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
  readonly #votes = new Map<string, number>()
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
      if (turn < 0.55) await (currentBlock(this.view)?.kind === 'vote' ? this.#vote() : this.#write())
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

  /** Each time otherwise; seldom done, so that votes are still given when something is killed. */
  async #vote(): Promise<void> {
    const block = currentBlock(this.view)
    if (!block || block.revealedAt !== null) return
    const topics = topicsAtHand(this.view.blocks, this.view.topics).toSorted(() => Math.random() - 0.5)
    const revision = (this.#votes.get(block.id) ?? 0) + 1
    this.#votes.set(block.id, revision)
    const dots = topics.slice(0, 2).map(({ id }) => ({ topicId: id, dots: 1 }))
    const body = { blockId: block.id, revision, dots, step: null, done: Math.random() < 0.1 }
    const kept = await this.ask(() => this.api.saveBallot({ params: this.#params, body }))
    if (kept instanceof Refusal) return
    if (kept.revision !== revision) this.problems.push(`Another ballot was kept: ${String(kept.revision)}`)
    this.acknowledged.ballots.set(block.id, body)
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

/** Runs the session meanwhile: gives the floor, adds minutes, puts answers together. */
export class Facilitator extends Somebody {
  override async live(): Promise<void> {
    this.connection.start()
    const params = { sessionId: this.view.session.id }
    while (!this.over) {
      await pause(100 + Math.random() * 200)
      const [next] = this.view.queue
      if (next && Math.random() < 0.4)
        await this.ask(() => this.api.giveTurn({ params: { ...params, turnId: next.turnId } }))
      else if (currentBlock(this.view)?.kind === 'vote' && Math.random() < 0.5) await this.#gather()
      else {
        const body = { id: randomUUID(), minutes: 1 }
        const answer = await this.ask(() => this.api.extendTimer({ params, body }))
        if (!(answer instanceof Refusal)) this.acknowledged.extensions.add(body.id)
      }
    }
  }

  /** Two of what was revealed last, into a topic of their own. */
  async #gather(): Promise<void> {
    const last = this.view.blocks.findLast(({ answers }) => answers.length > 1)
    const chosen = last?.answers.toSorted(() => Math.random() - 0.5).slice(0, 2) ?? []
    if (!last || chosen.length < 2) return
    const topicId = randomUUID()
    const answers = chosen.map(({ id }) => ({
      id,
      from: this.view.topics.find(({ answerIds }) => answerIds.includes(id))?.id ?? null,
    }))
    const params = { sessionId: this.view.session.id, topicId }
    const body = { blockId: last.id, title: '', answers }
    const answer = await this.ask(() => this.api.gatherAnswers({ params, body }))
    if (!(answer instanceof Refusal))
      for (const { id } of answers) this.acknowledged.gathered.set(id, topicId)
  }

  /** Reveals what was written, or counts the votes, and goes on. */
  async goOn(): Promise<void> {
    const params = { sessionId: this.view.session.id }
    const from = this.view.currentBlockId
    const here = { params: { ...params, blockId: from ?? '' } }
    if (currentBlock(this.view)?.kind === 'vote') await this.ask(() => this.api.countVotes(here))
    else if (from !== null) await this.ask(() => this.api.revealAnswers(here))
    const body = { id: randomUUID(), from }
    await this.ask(() => this.api.nextBlock({ params, body }))
  }
}
