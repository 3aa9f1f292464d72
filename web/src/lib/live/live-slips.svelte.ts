import type { Client } from '#lib/api.ts'
import type { LiveBlock } from '#shared/live.ts'
import type { GotSlip, MySlip } from '#shared/slips.ts'
import { KeptSlip } from './kept-slip.svelte.ts'
import type { LiveSession } from './live-session.svelte.ts'
import { shelf } from './shelf.ts'

/** What I write to one person each, and what was written to me, in live rounds of feedback. */
export class LiveSlips {
  got = $state.raw<GotSlip[]>([])
  /** What the server has of mine. */
  written = $state.raw<MySlip[]>([])
  loaded = $state(false)
  readonly #live: LiveSession
  readonly #api: Client
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each slip is reactive itself
  readonly #mine = new Map<string, KeptSlip>()

  constructor(live: LiveSession, api: Client) {
    this.#live = live
    this.#api = api
  }

  /** Quietly: it is asked for again and again, and a lost line says so elsewhere. */
  load = async (): Promise<void> => {
    try {
      const { got, written } = await this.#api.listSlips({ params: this.#params })
      this.got = got
      this.written = written
      for (const one of written) this.#mine.get(keyOf(one.blockId, one.receiverId))?.hear(one)
      this.loaded = true
    } catch {
      return
    }
  }

  /** Mine to one person. */
  to(blockId: string, receiverId: string): KeptSlip {
    const key = keyOf(blockId, receiverId)
    const known = this.#mine.get(key)
    if (known) return known
    const slip = new KeptSlip(
      {
        blockId,
        receiverId,
        shelfKey: `shortside:slip:${this.#live.me.accountId}:${key}`,
        kept: this.written.find((one) => keyOf(one.blockId, one.receiverId) === key),
      },
      (body) => this.#api.saveSlip({ params: this.#params, body }),
      shelf,
    )
    this.#mine.set(key, slip)
    queueMicrotask(() => slip.restore())
    return slip
  }

  isOpened = (blockId: string, receiverId: string): boolean =>
    this.written.some((one) => one.blockId === blockId && one.receiverId === receiverId && one.opened)

  open = async (slipId: string): Promise<void> => {
    const opened = await this.#api.openSlip({ params: { slipId } })
    this.got = this.got.map((one) => (one.id === slipId ? opened : one))
  }

  /** The line is back. */
  flush(): void {
    for (const slip of this.#mine.values()) slip.flush()
  }

  /** The rounds of this session, each with the people whom I was, am or will be with. */
  get rounds(): { block: LiveBlock; partners: string[] }[] {
    const me = this.#live.me.accountId
    return this.#live.view.blocks
      .filter(({ options, startedAt }) => options.feedback === true && startedAt !== null)
      .map((block) => ({
        block,
        partners: block.pods
          .filter(({ people }) => people.includes(me))
          .flatMap(({ people }) => people.filter((id) => id !== me))
          .filter((id, at, all) => all.indexOf(id) === at),
      }))
  }

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
}

const keyOf = (blockId: string, receiverId: string) => `${blockId}:${receiverId}`
