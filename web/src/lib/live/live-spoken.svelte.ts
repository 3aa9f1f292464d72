import type { Client } from '#lib/api.ts'
import { Refusal } from '#shared/refusals.ts'
import type { EpisodePart, GoRoundSeat } from '#shared/go-rounds.ts'
import type { LiveBlock } from '#shared/live.ts'
import { endingOf, hasDemonstrations, speakerIn, waitingIn } from '#shared/live/go-round.ts'
import { BACK, lineAt, momentIn, partOf } from '#shared/live/playing.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import { hasGoRound } from '#shared/live/spoken.ts'
import type { LiveSession } from './live-session.svelte.ts'

/** Whoever speaks in turn, what is practised before all, and the episode that plays for all: from the view and the clock. */
export class LiveSpoken {
  /** The part that the current block plays; `null` when there is none to play, nothing while it is on its way. */
  part = $state.raw<EpisodePart | null>()
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: (verb: () => Promise<unknown>) => Promise<void>

  constructor(live: LiveSession, api: Client, run: (verb: () => Promise<unknown>) => Promise<void>) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  /** The current block, where everybody speaks in turn. */
  get block(): LiveBlock | undefined {
    const { block } = this.#live
    return block && hasGoRound(block) ? block : undefined
  }

  get seats(): GoRoundSeat[] {
    return this.block?.goRound?.seats ?? []
  }

  get waiting(): GoRoundSeat[] {
    return waitingIn({ seats: this.seats })
  }

  /** Whoever speaks in the go-round. */
  get speaker(): GoRoundSeat | undefined {
    return speakerIn({ seats: this.seats }, this.#live.view.speaking)
  }

  get own(): GoRoundSeat | undefined {
    return this.seats.find(({ accountId }) => accountId === this.#live.me.accountId)
  }

  /** "Begin with Ada", "On to Ben"; "On to Ben’s turn" when Ben speaks already, about something else. */
  get nextInWords(): string {
    const next = this.waiting[0]
    const name = (next && this.#live.person(next.accountId)?.name) ?? 'the next one'
    if (next && next.accountId === this.#live.view.speaking?.accountId) return `On to ${name}’s turn`
    return this.isNew && !this.speaker ? `Begin with ${name}` : `On to ${name}`
  }

  /** What ends the turn that is on; each screen offers it once. */
  get ending() {
    return endingOf({ seats: this.seats }, this.#live.view.speaking)
  }

  get iSpeak(): boolean {
    return this.speaker !== undefined && this.speaker === this.own
  }

  /** Nobody has spoken in it yet. */
  get isNew(): boolean {
    return this.seats.every(({ turnId }) => turnId === null)
  }

  get isOver(): boolean {
    return this.seats.length > 0 && this.waiting.length === 0 && !this.speaker
  }

  /** I have the floor next, and it is free: I may begin by myself. */
  get mayBegin(): boolean {
    return this.#live.view.speaking === null && this.own !== undefined && this.waiting[0] === this.own
  }

  /** Seconds that whoever speaks has left, below zero when they are up; none without minutes for each. */
  get left(): number | null {
    const timer = this.block?.goRound?.timer
    return timer && this.speaker ? secondsLeft(timer, this.#live.now) : null
  }

  endTurn = () => {
    const { speaking } = this.#live.view
    if (!speaking) return undefined
    return this.ending === 'turn' ? this.#live.endTurn(speaking.turnId) : this.next()
  }

  next = () => this.#of((params, from) => this.#api.nextSpeaker({ params, body: { from } }))
  back = () => this.#of((params, from) => this.#api.previousSpeaker({ params, body: { from } }))
  callOn = (accountId: string) =>
    this.#of((params, from) => this.#api.callOn({ params, body: { accountId, from } }))
  pass = (accountId = this.#live.me.accountId) =>
    this.#of((params) => this.#api.passTurn({ params, body: { accountId } }))
  rejoin = (accountId = this.#live.me.accountId) =>
    this.#of((params) => this.#api.rejoinGoRound({ params, body: { accountId } }))

  /** The current block, where something is practised before everybody. */
  get shown(): LiveBlock | undefined {
    const { block } = this.#live
    return block && hasDemonstrations(block) ? block : undefined
  }

  get demonstrationLeft(): number | null {
    const timer = this.shown?.demonstration?.timer
    return timer ? secondsLeft(timer, this.#live.now) : null
  }

  demonstrate = () =>
    this.#of((params) =>
      this.#api.nextDemonstration({ params, body: { from: this.shown?.demonstration?.number ?? 0 } }),
    )

  /** Goes on with whatever goes on in turns here. */
  goOn = () => {
    if (this.block) return this.next()
    if (this.shown) return this.demonstrate()
    return undefined
  }

  /** Where the episode stands now. */
  get moment() {
    const { block, now } = this.#live
    const part = block && partOf(block)
    return part ? momentIn(part, block.playing, now) : undefined
  }

  get line() {
    return this.moment && this.part ? lineAt(this.part.lines, this.moment.position) : undefined
  }

  get chapter() {
    return this.moment && this.part ? lineAt(this.part.chapters, this.moment.position) : undefined
  }

  loadPart = async (blockId: string) => {
    this.part = undefined
    try {
      this.part = await this.#api.readPart({ params: { ...this.#params, blockId } })
    } catch (problem) {
      if (!(problem instanceof Refusal)) return
      this.part = null
    }
  }

  playOrPause = () => this.#play({ playing: this.moment?.playing !== true, position: null })
  goBack = () => this.#moveTo((this.moment?.position ?? 0) - BACK)
  toStart = () => this.#moveTo(this.part?.start ?? 0)

  #moveTo(position: number) {
    return this.#play({ playing: this.moment?.playing === true, position: Math.max(0, position) })
  }

  #play(wanted: { playing: boolean; position: number | null }) {
    const id = crypto.randomUUID()
    return this.#of((params) => this.#api.playPart({ params, body: { id, ...wanted } }))
  }

  /** A verb about the current block, and the turn that I saw. */
  #of(verb: (params: { sessionId: string; blockId: string }, from: string | null) => Promise<unknown>) {
    const { block, view } = this.#live
    if (!block) return Promise.resolve()
    return this.#run(() => verb({ ...this.#params, blockId: block.id }, view.speaking?.turnId ?? null))
  }

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
}
