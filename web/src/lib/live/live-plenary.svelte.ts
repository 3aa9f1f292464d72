import type { Client } from '#lib/api.ts'
import { isTellingNext } from '#shared/live/plenary.ts'
import type { MyPlenary } from '#shared/plenary.ts'
import { KeptAnswer } from './kept-answer.svelte.ts'
import type { LiveSession } from './live-session.svelte.ts'
import { shelf } from './shelf.ts'

/** Where I sit in a large session, and what I tell of my table as its host. */
export class LivePlenary {
  now = $state.raw<MyPlenary>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each report is reactive itself; which ones are open is nobody's news
  readonly #reports = new Map<string, KeptAnswer>()
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: (verb: () => Promise<unknown>) => Promise<void>

  constructor(live: LiveSession, api: Client, run: (verb: () => Promise<unknown>) => Promise<void>) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  load = () =>
    this.#run(async () => {
      const now = await this.#api.readMyPlenary({ params: this.#params })
      for (const [blockId, report] of this.#reports)
        report.hear(now.reports.find((one) => one.blockId === blockId))
      this.now = now
    })

  /** What I tell of my table in a block. */
  report(blockId: string): KeptAnswer {
    const known = this.#reports.get(blockId)
    if (known) return known
    const report = new KeptAnswer(
      {
        blockId,
        key: `shortside:table:${this.#live.me.accountId}:${blockId}`,
        kept: this.now?.reports.find((one) => one.blockId === blockId),
      },
      (body) => this.#api.writeTableReport({ params: this.#params, body }),
      shelf,
    )
    this.#reports.set(blockId, report)
    queueMicrotask(() => report.restore())
    return report
  }

  /** To tell of my table is the one next thing at my seat. */
  get isNext(): boolean {
    const { block, iSpeak, spoken, pods } = this.#live
    if (!block || !this.now?.mine?.iHost) return false
    const { done, keeping } = this.report(block.id)
    return isTellingNext(block, {
      iHost: true,
      told: done || keeping === 'refused',
      isBusy: iSpeak || spoken.mayBegin || pods.isFeedback,
    })
  }

  flush(): void {
    for (const report of this.#reports.values()) report.flush()
  }

  reveal = (blockId: string) =>
    this.#run(() => this.#api.revealTables({ params: { ...this.#params, blockId } }))

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
}
