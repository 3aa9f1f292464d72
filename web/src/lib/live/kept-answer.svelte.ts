import { Offline, sentenceOf } from '#lib/api.ts'
import { LONGEST_ANSWER, type AnswerDraft, type MyAnswer } from '#shared/live.ts'
import { Refusal } from '#shared/refusals.ts'

/** Where unsent words wait: `localStorage`, or anything like it. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

type Unsent = Pick<MyAnswer, 'id' | 'body' | 'done' | 'revision'>

/** How safe the words are: on the server, on their way, only on this device, or turned down and kept here. */
export type Keeping = 'saved' | 'saving' | 'on this device' | 'refused'

const SEND_AFTER = 800
const RETRY_AFTER = 3_000

/**
 * What I write alone in one block. Each change is put on the shelf of this device at once, sent a moment later, and
 * taken off the shelf when the server has it: a reload, a lost line or a crash costs nothing.
 */
export class KeptAnswer {
  body = $state('')
  done = $state(false)
  keeping = $state<Keeping>('saved')
  /** Why it could not be kept as it is, in a sentence. */
  problem = $state('')
  /** What I wrote on another device in the meantime: I choose which one stays. */
  other = $state.raw<MyAnswer | undefined>()

  readonly #blockId: string
  readonly #key: string
  readonly #put: (draft: AnswerDraft) => Promise<MyAnswer>
  readonly #shelf: Shelf
  #id: string = crypto.randomUUID()
  #revision = 0
  #acknowledged = 0
  #sending = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    { blockId, key, kept }: { blockId: string; key: string; kept: MyAnswer | undefined },
    put: (draft: AnswerDraft) => Promise<MyAnswer>,
    shelf: Shelf,
  ) {
    this.#blockId = blockId
    this.#key = key
    this.#put = put
    this.#shelf = shelf
    if (kept) this.#adopt(kept)
  }

  /** Brings back what this device had not sent yet. */
  restore(): void {
    const unsent = this.#read()
    if (!unsent || unsent.body === this.body) return this.#shelf.removeItem(this.#key)
    const kept = this.#asKept()
    this.#id = unsent.id
    this.body = unsent.body
    this.done = unsent.done
    this.#revision = unsent.revision
    this.keeping = 'on this device'
    if (unsent.revision > kept.revision) this.#sendSoon(0)
    else this.other = kept
  }

  /** The server's word after the state was loaded anew. */
  hear(kept: MyAnswer | undefined): void {
    if (!kept || kept.revision <= this.#acknowledged) return
    if (this.keeping === 'saved') this.#adopt(kept)
    else if (kept.body !== this.body) this.other = kept
  }

  write(body: string): void {
    this.body = body
    this.#changed(SEND_AFTER)
  }

  finish(evenBlank = false): void {
    if (!evenBlank && this.body.trim() === '') {
      this.problem = 'Write something first, even a single sentence.'
      return
    }
    this.done = true
    this.#changed(0)
  }

  goOn(): void {
    this.done = false
    this.#changed(0)
  }

  /** Sends at once what waits: the line is back, or the page is about to go. */
  flush(): void {
    if (this.#revision > this.#acknowledged && this.keeping !== 'refused') this.#sendSoon(0)
  }

  keepMine(): void {
    this.#revision = Math.max(this.#revision, this.other?.revision ?? 0)
    this.other = undefined
    this.#changed(0)
  }

  takeOther(): void {
    if (this.other) this.#adopt(this.other)
    this.other = undefined
    this.#shelf.removeItem(this.#key)
  }

  #changed(delay: number): void {
    this.#revision += 1
    this.problem = ''
    if (this.keeping !== 'on this device') this.keeping = 'saving'
    this.#write()
    this.#sendSoon(delay)
  }

  #sendSoon(delay: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), delay)
  }

  async #send(): Promise<void> {
    if (this.#sending || this.other) return
    const { body, done } = this
    if (body.length > LONGEST_ANSWER) {
      this.keeping = 'on this device'
      this.problem = `Up to ${LONGEST_ANSWER.toLocaleString('en')} characters fit; this is ${body.length.toLocaleString('en')}. Shorten it, and it is saved.`
      return
    }
    this.#sending = true
    const draft = { id: this.#id, blockId: this.#blockId, body, done, revision: this.#revision }
    try {
      this.#acknowledge(draft, await this.#put(draft))
    } catch (problem) {
      this.#failed(problem)
    } finally {
      this.#sending = false
    }
  }

  #acknowledge(draft: AnswerDraft, kept: MyAnswer): void {
    if (kept.revision !== draft.revision || kept.body !== draft.body) {
      this.other = kept
      return
    }
    this.#acknowledged = kept.revision
    if (this.#revision > kept.revision) return this.#sendSoon(SEND_AFTER)
    this.keeping = 'saved'
    this.problem = ''
    this.#shelf.removeItem(this.#key)
  }

  #failed(problem: unknown): void {
    if (problem instanceof Refusal && problem.code !== 'too-many') {
      this.keeping = 'refused'
      this.problem = sentenceOf(problem)
      return
    }
    this.keeping = 'on this device'
    if (!(problem instanceof Offline)) this.problem = sentenceOf(problem)
    this.#sendSoon(RETRY_AFTER)
  }

  #adopt({ id, body, done, revision }: MyAnswer): void {
    this.#id = id
    this.body = body
    this.done = done
    this.#revision = revision
    this.#acknowledged = revision
    this.keeping = 'saved'
  }

  #asKept(): MyAnswer {
    const { body, done } = this
    return { id: this.#id, blockId: this.#blockId, body, done, revision: this.#revision }
  }

  #read(): Unsent | undefined {
    const stored = this.#shelf.getItem(this.#key)
    return stored === null ? undefined : (JSON.parse(stored) as Unsent)
  }

  #write(): void {
    const unsent: Unsent = { id: this.#id, body: this.body, done: this.done, revision: this.#revision }
    this.#shelf.setItem(this.#key, JSON.stringify(unsent))
  }
}
