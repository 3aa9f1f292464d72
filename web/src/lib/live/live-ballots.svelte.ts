import type { Client } from '#lib/api.ts'
import type { Discussion, MyBallot } from '#shared/ballots.ts'
import type { LiveBlock, LiveEvent } from '#shared/live.ts'
import { canCount, topicsAtHand } from '#shared/live/ballot.ts'
import { NO_DISCUSSION, nextTopic, takenElsewhere, topicOrder } from '#shared/live/discussion.ts'
import { secondsLeft, writersOf } from '#shared/live/rules.ts'
import type { Topic } from '#shared/topics.ts'
import { KeptBallot } from './kept-ballot.svelte.ts'
import type { LiveSession } from './live-session.svelte.ts'
import { shelf } from './shelf.ts'

type Run = (verb: () => Promise<unknown>) => Promise<void>

/** Votes and topics of the current block: all of it from the view, my own votes, and the clock. */
export class LiveBallots {
  /** What I answered to the question whether to go on; this page's memory only. */
  said = $state.raw<{ topicId: string; extended: number; goOn: boolean }>()
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: Run
  #mine: MyBallot[]
  #running = false
  #revision = Date.now() % 500_000
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each ballot is reactive itself
  readonly #ballots = new Map<string, KeptBallot>()

  constructor(live: LiveSession, api: Client, run: Run, mine: MyBallot[]) {
    this.#live = live
    this.#api = api
    this.#run = run
    this.#mine = mine
  }

  /** My own in a block. */
  of(blockId: string): KeptBallot {
    const known = this.#ballots.get(blockId)
    if (known) return known
    const kept = this.#mine.find((one) => one.blockId === blockId)
    const ballot = new KeptBallot(
      { blockId, key: `shortside:ballot:${this.#live.me.accountId}:${blockId}`, kept },
      (body) => this.#api.saveBallot({ params: this.#params, body }),
      shelf,
    )
    this.#ballots.set(blockId, ballot)
    if (this.#running) queueMicrotask(() => ballot.restore())
    return ballot
  }

  /** The page is there; what an earlier one could not send is sent. */
  start(): void {
    this.#running = true
    for (const ballot of this.#ballots.values()) ballot.restore()
  }

  /** The page loaded anew. */
  reload(mine: MyBallot[]): void {
    this.#mine = mine
    for (const [blockId, ballot] of this.#ballots) ballot.hear(mine.find((one) => one.blockId === blockId))
  }

  /** The line is back. */
  flush(): void {
    for (const ballot of this.#ballots.values()) ballot.flush()
  }

  hear(event: LiveEvent): void {
    if (event.type === 'voting-reopened') this.#ballots.get(event.blockId)?.clear()
  }

  get topics(): Topic[] {
    return topicsAtHand(this.#live.view.blocks, this.#live.view.topics)
  }

  /** The current block, while people vote in it. */
  get voting(): LiveBlock | undefined {
    const { block, view } = this.#live
    return block && canCount(view, block) ? block : undefined
  }

  get order() {
    return topicOrder(this.#live.view.blocks, this.#live.view.topics)
  }

  get discussion(): Discussion {
    return this.#live.block?.discussion ?? NO_DISCUSSION
  }

  get topic(): Topic | undefined {
    return this.#live.view.topics.find(({ id }) => id === this.discussion.topicId)
  }

  /** What other blocks talked about. */
  get elsewhere(): string[] {
    return takenElsewhere(this.#live.view.blocks, this.#live.block?.id ?? '')
  }

  get nextTopic(): Topic | undefined {
    return nextTopic(this.discussion, this.order, this.elsewhere)
  }

  /** Seconds to go for the topic, or to answer. */
  get left(): number | null {
    return secondsLeft(this.discussion.timer, this.#live.now)
  }

  /** Who is waited for while the room is asked. */
  get asked() {
    const { block, view } = this.#live
    return block ? writersOf(view, { ...block, written: this.discussion.answered }) : []
  }

  get mySay(): boolean | undefined {
    const { topicId, extended } = this.discussion
    return this.said?.topicId === topicId && this.said?.extended === extended ? this.said.goOn : undefined
  }

  count = () => this.#run(() => this.#api.countVotes({ params: this.#ofBlock }))
  voteAgain = () => {
    const from = this.#live.block?.revealedAt
    return from && this.#run(() => this.#api.voteAgain({ params: this.#ofBlock, body: { from } }))
  }
  discuss = (topicId: string | null) =>
    this.#run(() =>
      this.#api.discussTopic({ params: this.#ofBlock, body: { topicId, from: this.discussion.topicId } }),
    )
  choose = (topicId: string | null) =>
    this.#run(() => this.#api.chooseTopic({ params: this.#ofBlock, body: { topicId } }))
  extend = (minutes: number) => {
    const body = { id: crypto.randomUUID(), minutes }
    return this.#run(() => this.#api.extendTopic({ params: this.#ofBlock, body }))
  }
  sayGoOn = (goOn: boolean) => {
    const { topicId, extended } = this.discussion
    if (topicId === null) return undefined
    this.said = { topicId, extended, goOn }
    this.#revision += 1
    const body = { topicId, extended, goOn, revision: this.#revision }
    return this.#run(() => this.#api.sayGoOn({ params: this.#ofBlock, body }))
  }

  addTopic = (title: string) => {
    const params = { ...this.#params, topicId: crypto.randomUUID() }
    return this.#api.addTopic({ params, body: { title } })
  }
  renameTopic = (topicId: string, title: string) =>
    this.#api.renameTopic({ params: { ...this.#params, topicId }, body: { title } })
  removeTopic = (topicId: string) =>
    this.#run(() => this.#api.removeTopic({ params: { ...this.#params, topicId } }))

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
  get #ofBlock() {
    return { ...this.#params, blockId: this.#live.block?.id ?? '' }
  }
}
