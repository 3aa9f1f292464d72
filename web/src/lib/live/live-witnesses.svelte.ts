import type { Client } from '#lib/api.ts'
import type { Output } from '#shared/contract.ts'
import type { LiveCommitment, LiveEvent, liveCalls } from '#shared/live.ts'
import type { LiveSession } from './live-session.svelte.ts'

type Mine = Output<typeof liveCalls.listMyWitnesses>
type Choices = Output<typeof liveCalls.listCommitmentChoices>

/** Whom I asked to be the witness of my commitments, and what I am asked. */
export class LiveWitnesses {
  #mine = $state.raw<Mine>({ asked: [], ofMine: [] })
  /** What the form offers, once somebody opened it. */
  choices = $state.raw<Choices>()
  #loaded = false
  readonly #live: LiveSession
  readonly #api: Client

  constructor(live: LiveSession, api: Client) {
    this.#live = live
    this.#api = api
  }

  /** Commitments of others that wait for my answer. */
  get waiting(): LiveCommitment[] {
    const ids = this.#mine.ofMine.filter(({ state }) => state === 'asked').map((one) => one.commitmentId)
    return this.#live.view.commitments.filter(({ id }) => ids.includes(id))
  }

  /** Those that I said yes to. */
  get accepted(): LiveCommitment[] {
    return this.#live.view.commitments.filter(({ witness }) => witness?.accountId === this.#live.me.accountId)
  }

  /** Whom I asked about this one of mine, while they have not answered. */
  asked(commitmentId: string): { id: string; name: string } | undefined {
    return this.#mine.asked.find((one) => one.commitmentId === commitmentId)
  }

  /** Quietly: it is asked for again, and a lost line says so elsewhere. */
  load = async (): Promise<void> => {
    try {
      this.#mine = await this.#api.listMyWitnesses({ params: this.#params })
      this.#loaded = true
    } catch {
      return
    }
  }

  loadOnce = async (): Promise<void> => {
    if (!this.#loaded) await this.load()
  }

  loadChoices = async (): Promise<void> => {
    try {
      this.choices = await this.#api.listCommitmentChoices({ params: this.#params })
    } catch {
      return
    }
  }

  answer = async (commitmentId: string, answer: 'accept' | 'decline', remind = false): Promise<void> => {
    await this.#api.answerWitness({ params: { id: commitmentId }, body: { answer, remind } })
    await this.load()
  }

  hear(event: LiveEvent): void {
    if (event.type === 'witness-asked') void this.#lookWhoAsks()
    const changed =
      event.type === 'commitment-made' || event.type === 'commitment-changed' ? event.commitment : null
    if (changed && changed.accountId === this.#live.me.accountId) void this.load()
  }

  async #lookWhoAsks(): Promise<void> {
    const before = this.waiting.length
    await this.load()
    const [asked] = this.waiting
    if (asked && this.waiting.length > before)
      this.#live.announcement = `${this.#live.nameOf(asked.accountId)} asks you to be the witness of what they will do.`
  }

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
}
