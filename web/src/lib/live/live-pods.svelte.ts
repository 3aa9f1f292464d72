import type { Client } from '#lib/api.ts'
import type { LiveBlock, LiveEvent } from '#shared/live.ts'
import { hasPods } from '#shared/live/pods.ts'
import { neighbour } from '#shared/live/rules.ts'
import { momentOf, roleOf, roundsOf, turnOf, type Moment, type Turn } from '#shared/live/turns.ts'
import type { MyPods, Pod } from '#shared/pods.ts'
import type { LiveSession } from './live-session.svelte.ts'

/** The size that turns are told in where there are several. */
const FEW = 2

/** Who works with whom in the current block, and whose turn it is: all of it from the view and the clock. */
export class LivePods {
  /** What only I may see; fetched. */
  mine = $state.raw<MyPods>({ links: [], cards: [] })
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: (verb: () => Promise<unknown>) => Promise<void>
  #said = ''

  constructor(live: LiveSession, api: Client, run: (verb: () => Promise<unknown>) => Promise<void>) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  /** The current block, where people work together in it. */
  get block(): LiveBlock | undefined {
    const { block } = this.#live
    return block && hasPods(block) ? block : undefined
  }

  get isFeedback(): boolean {
    return this.block?.options.feedback === true
  }

  /** How often partners change. */
  get rounds(): number {
    return roundsOf(this.block?.pods ?? [])
  }

  get moment(): Moment {
    return momentOf(this.block?.pace ?? null, this.rounds, this.#live.left)
  }

  /** Those of now. */
  get now(): Pod[] {
    const { round } = this.moment
    return this.block?.pods.filter((pod) => pod.round === round) ?? []
  }

  get own(): Pod | undefined {
    return this.now.find(({ people }) => people.includes(this.#live.me.accountId))
  }

  turn(size: number): Turn & { over: boolean } {
    return turnOf(this.block?.pace ?? null, this.rounds, size, this.#live.left)
  }

  /** The turn as most see it. */
  get commonTurn(): Turn & { over: boolean } {
    const sizes = this.now.map(({ people }) => people.length).sort((one, other) => one - other)
    return this.turn(sizes[Math.floor(sizes.length / 2)] ?? FEW)
  }

  role(pod: Pod, accountId: string, turnsOn = 0): string {
    const size = pod.people.length
    const turn = this.turn(size).number + turnsOn
    return roleOf(this.block?.options ?? {}, { place: pod.people.indexOf(accountId), size, turn })
  }

  get myRole(): string {
    return this.own ? this.role(this.own, this.#live.me.accountId) : ''
  }

  /** What I have in the next turn; nothing in the last one. */
  get myNextRole(): string {
    const { own } = this
    if (!own) return ''
    const { number, of } = this.turn(own.people.length)
    return number + 1 < of ? this.role(own, this.#live.me.accountId, 1) : ''
  }

  task(role: string) {
    return this.block?.options.tasks?.find((one) => one.role === role)
  }

  /** With whom I am, without me. */
  partners(pod: Pod | undefined): string[] {
    return pod?.people.filter((id) => id !== this.#live.me.accountId) ?? []
  }

  /** With whom I am after the next change of partners; none in the last. */
  get nextPod(): Pod | undefined {
    const { round } = this.moment
    return this.block?.pods.find(
      (pod) => pod.round === round + 1 && pod.people.includes(this.#live.me.accountId),
    )
  }

  /** Who is there and with nobody. Whoever leads is only when they want to be. */
  get alone(): string[] {
    const placed = this.now.flatMap(({ people }) => people)
    const { people, session } = this.#live.view
    return people
      .map(({ accountId }) => accountId)
      .filter((id) => !placed.includes(id) && id !== session.facilitatorId)
  }

  get leaderTakesPart(): boolean {
    const { facilitatorId } = this.#live.view.session
    return facilitatorId !== null && this.now.some(({ people }) => people.includes(facilitatorId))
  }

  /** The next block, when people can be put together for it already. */
  get ahead(): LiveBlock | undefined {
    const next = neighbour(this.#live.view.blocks, this.#live.view.currentBlockId, 1)
    return next && hasPods(next) && next.options.keepPods !== true ? next : undefined
  }

  link(number: number): string | undefined {
    return this.mine.links.find((one) => one.number === number)?.link
  }

  /** Changes when something changes that only I am told. */
  get key(): string {
    const { block, own } = this
    return block ? `${block.id} ${own?.id ?? ''} ${own?.number ?? ''} ${this.myRole}` : ''
  }

  load = () =>
    this.#run(async () => {
      this.mine = await this.#api.readMyPods(this.#here)
    })

  make = (blockId: string, { withLeader, again }: { withLeader: boolean; again: boolean }) => {
    const body = { id: crypto.randomUUID(), withLeader, again }
    return this.#run(() => this.#api.makePods({ params: { ...this.#params, blockId }, body }))
  }
  move = (blockId: string, accountId: string, podId: string | null) =>
    this.#run(() =>
      this.#api.movePerson({ params: { ...this.#params, blockId }, body: { accountId, podId } }),
    )
  nextTurn = () => {
    const { block } = this
    if (!block) return Promise.resolve()
    const { until } = this.commonTurn
    const params = { ...this.#params, blockId: block.id }
    return this.#run(() => this.#api.nextTurn({ params, body: { until } }))
  }
  join = () => this.#run(() => this.#api.joinPods(this.#here))
  leave = () => this.#run(() => this.#api.leavePods(this.#here))
  miss = (accountId: string) => this.#run(() => this.#api.missPartner({ ...this.#here, body: { accountId } }))
  /** Throws: its form shows what was refused. */
  setLink = (number: number, link: string) => this.#api.linkPods({ ...this.#here, body: { number, link } })

  hear(event: LiveEvent): void {
    if (event.type === 'pods-linked') void this.load()
  }

  /** What somebody who listens to the screen should hear as time passes; nothing when nothing is new. */
  news(): string {
    const { block, own } = this
    if (!block?.pace) {
      this.#said = ''
      return ''
    }
    const { number, of, over } = own ? this.turn(own.people.length) : this.commonTurn
    const { round } = this.moment
    const now = `${block.id} ${over ? 'over' : `${round} ${number}`} ${this.myRole}`
    const first = this.#said === '' || !this.#said.startsWith(block.id)
    if (now === this.#said) return ''
    this.#said = now
    if (first) return ''
    if (over) return 'All turns are over.'
    const role = this.myRole === '' ? '' : ` Now you: ${this.myRole}.`
    const change = this.rounds > 1 && number === 0 ? `New partners, ${round + 1} of ${this.rounds}. ` : ''
    return `${change}Turn ${number + 1} of ${of}.${role}`
  }

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
  get #here() {
    return { params: this.#params }
  }
}
