import type { Client } from '#lib/api.ts'
import type { Input } from '#shared/contract.ts'
import type { LiveBlock, LiveEvent } from '#shared/live.ts'
import type { livePlanCalls } from '#shared/live-plan.ts'
import { isForgotten } from '#shared/live/hints.ts'
import { afterOneStep, blockBefore, isAhead } from '#shared/live/plan.ts'
import { proposeMinutes, type Proposal } from '#shared/live/rebalance.ts'
import type { LiveSession } from './live-session.svelte.ts'

type Run = (verb: () => Promise<unknown>) => Promise<void>
type NewBlock = Input<typeof livePlanCalls.insertBlock>['body']
export type BlockWords = { title: string; prompt: string; notes: string; minutes: number }

/** The plan of an open room, for whoever runs it: what is to come changes, what has begun stays. */
export class LivePlan {
  /** Whether the table shows how to change it. */
  editing = $state(false)
  /** Whether the table shows how it would fit. */
  fitting = $state(false)
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: Run

  constructor(live: LiveSession, api: Client, run: Run) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  /** Where it can be changed at all. */
  get open(): boolean {
    return this.#live.view.session.status === 'live' && !this.#live.overDays
  }

  /** How it would end on time, while that is still possible. */
  get proposal(): Proposal | undefined {
    if (this.#live.overDays || isForgotten(this.#live.view, this.#live.now)) return undefined
    return proposeMinutes(this.#live.view, this.#live.now)
  }

  isAhead = (block: LiveBlock): boolean => isAhead(block, this.#live.view.currentBlockId)

  notesOf = (blockId: string): string => this.#live.notes.find((one) => one.blockId === blockId)?.notes ?? ''

  canMove(blockId: string, step: 1 | -1): boolean {
    return this.#afterStep(blockId, step) !== undefined
  }

  move(blockId: string, step: 1 | -1): Promise<void> {
    const to = this.#afterStep(blockId, step)
    if (!to) return Promise.resolve()
    const from = blockBefore(this.#live.view.blocks, blockId)
    return this.#run(() =>
      this.#api.moveBlock({
        ...this.#block(blockId),
        body: { id: crypto.randomUUID(), from, to: to.after },
      }),
    )
  }

  skip = (blockId: string, skipped: boolean): Promise<void> =>
    this.#run(() =>
      this.#api.skipBlock({ ...this.#block(blockId), body: { id: crypto.randomUUID(), skipped } }),
    )

  setMinutes = (blockId: string, from: number, to: number): Promise<void> =>
    this.#run(() =>
      this.#api.changeBlock({
        ...this.#block(blockId),
        body: { id: crypto.randomUUID(), minutes: { from, to } },
      }),
    )

  /** These throw: their form shows what was refused and keeps what was typed. */
  insert = (blockId: string, body: NewBlock) => this.#api.insertBlock({ ...this.#block(blockId), body })
  change(blockId: string, from: BlockWords, to: BlockWords) {
    const of = <Name extends keyof BlockWords>(name: Name) =>
      from[name] === to[name] ? {} : { [name]: { from: from[name], to: to[name] } }
    return this.#api.changeBlock({
      ...this.#block(blockId),
      body: { id: crypto.randomUUID(), ...of('title'), ...of('prompt'), ...of('notes'), ...of('minutes') },
    })
  }
  rebalance = (id: string, blocks: Proposal['blocks']) =>
    this.#api.rebalance({ params: this.#params, body: { id, blocks } })

  shut = (): Promise<void> => this.#run(() => this.#api.shutRoom({ params: this.#params }))

  /** The room hears the plan; notes reach only those who run it. */
  hear({ type }: LiveEvent): void {
    if (type !== 'plan-changed' || !this.#live.me.mayRun) return
    void this.#api
      .getRoom({ params: this.#params })
      .then(({ notes }) => (this.#live.notes = notes))
      // The next change or reload brings them.
      .catch(() => undefined)
  }

  #afterStep(blockId: string, step: 1 | -1) {
    const { blocks, currentBlockId } = this.#live.view
    return afterOneStep(blocks, blockId, step, currentBlockId)
  }

  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
  #block(blockId: string) {
    return { params: { ...this.#params, blockId } }
  }
}
