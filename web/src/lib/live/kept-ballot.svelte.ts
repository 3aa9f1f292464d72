import { sentenceOf } from '#lib/api.ts'
import type { BallotDraft, MyBallot, TopicDots } from '#shared/ballots.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Shelf } from './kept-answer.svelte.ts'

type Choice = { dots: TopicDots[]; step: number | null; done: boolean }
type Unsent = Choice & { revision: number }

const AGAIN = 3_000

/**
 * My votes in one block: shown at once, sent one after the other, and sent again until the server has the newest. Until then
 * they lie on the shelf of this device, so a reload without a line costs nothing.
 */
export class KeptBallot {
  dots = $state.raw<TopicDots[]>([])
  step = $state<number | null>(null)
  done = $state(false)
  keeping = $state<'kept' | 'sending' | 'waiting' | 'refused'>('kept')
  problem = $state('')
  #revision = 0
  #kept = 0
  #sending = false
  readonly #blockId: string
  readonly #key: string
  readonly #save: (draft: BallotDraft) => Promise<MyBallot>
  readonly #shelf: Shelf

  constructor(
    { blockId, key, kept }: { blockId: string; key: string; kept: MyBallot | undefined },
    save: (draft: BallotDraft) => Promise<MyBallot>,
    shelf: Shelf,
  ) {
    this.#blockId = blockId
    this.#key = key
    this.#save = save
    this.#shelf = shelf
    this.hear(kept)
  }

  /** Brings back what this device had not sent yet. */
  restore(): void {
    const unsent = this.#read()
    if (!unsent || unsent.revision <= this.#revision) return this.#shelf.removeItem(this.#key)
    const { dots, step, done, revision } = unsent
    this.dots = dots
    this.step = step
    this.done = done
    this.#revision = revision
    this.keeping = 'waiting'
    this.flush()
  }

  /** What the server has, when it is newer than mine. */
  hear(kept: MyBallot | undefined): void {
    if (!kept || kept.revision <= this.#revision) return
    this.#take(kept)
  }

  /** Everybody votes anew. */
  clear(): void {
    this.dots = []
    this.step = null
    this.done = false
    this.#kept = this.#revision
    this.keeping = 'kept'
    this.#shelf.removeItem(this.#key)
  }

  choose(part: Partial<Choice>): void {
    if (part.dots) this.dots = part.dots
    if (part.step !== undefined) this.step = part.step
    if (part.done !== undefined) this.done = part.done
    this.#revision += 1
    const { dots, step, done } = this
    this.#shelf.setItem(
      this.#key,
      JSON.stringify({ dots, step, done, revision: this.#revision } satisfies Unsent),
    )
    this.problem = ''
    this.flush()
  }

  /** Sends what the server does not have. */
  flush(): void {
    if (!this.#sending && this.#kept < this.#revision) void this.#send()
  }

  async #send(): Promise<void> {
    this.#sending = true
    this.keeping = 'sending'
    const draft = {
      blockId: this.#blockId,
      revision: this.#revision,
      dots: this.dots,
      step: this.step,
      done: this.done,
    }
    try {
      const kept = await this.#save(draft)
      this.#kept = Math.max(this.#kept, draft.revision)
      // Another device of mine was ahead.
      if (kept.revision > this.#revision) this.#take(kept)
      this.keeping = 'kept'
    } catch (problem) {
      if (problem instanceof Refusal && problem.code !== 'too-many') {
        this.#kept = draft.revision
        this.keeping = 'refused'
        this.problem = sentenceOf(problem)
      } else {
        this.keeping = 'waiting'
        setTimeout(() => this.flush(), AGAIN)
      }
    } finally {
      this.#sending = false
    }
    if (this.#kept >= this.#revision) this.#shelf.removeItem(this.#key)
    if (this.keeping === 'kept') this.flush()
  }

  #read(): Unsent | undefined {
    const text = this.#shelf.getItem(this.#key)
    return text === null ? undefined : (JSON.parse(text) as Unsent)
  }

  #take(kept: MyBallot): void {
    this.dots = kept.dots
    this.step = kept.step
    this.done = kept.done
    this.#revision = kept.revision
    this.#kept = kept.revision
  }
}
