import { Value } from 'typebox/value'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import { SlipWords, whatIsMissing, type MySlip, type SlipDraft } from '#shared/slips.ts'
import { KeptAnswer, type Shelf } from './kept-answer.svelte.ts'

const NOTHING: SlipWords = { situation: '', behaviour: '', impact: '', wish: '' }

const SAY = {
  situation: 'Say when and where it was, in one line.',
  behaviour: 'Say what you saw or heard, in one line.',
  impact: 'Say what it did to you or to the work, in one line.',
} as const

/** What I write to one person: kept like an answer, so a reload, a lost line or a crash costs nothing. */
export class KeptSlip {
  readonly receiverId: string
  /** The line that is still missing, once somebody wanted to send it. */
  missing = $state<keyof typeof SAY>()
  readonly #kept: KeptAnswer

  constructor(
    {
      blockId,
      receiverId,
      shelfKey,
      kept,
    }: { blockId: string; receiverId: string; shelfKey: string; kept: MySlip | undefined },
    put: (draft: SlipDraft) => Promise<MySlip>,
    shelf: Shelf,
  ) {
    this.receiverId = receiverId
    this.#kept = new KeptAnswer(
      { blockId, key: shelfKey, kept: kept && asAnswer(kept) },
      async (draft) => asAnswer(await put(asSlip(draft, receiverId))),
      shelf,
    )
  }

  get words(): SlipWords {
    return wordsOf(this.#kept.body)
  }
  get sent(): boolean {
    return this.#kept.done
  }
  get keeping() {
    return this.#kept.keeping
  }
  get problem(): string {
    return this.missing ? SAY[this.missing] : this.#kept.problem
  }
  /** What I wrote on another device in the meantime. */
  get other(): SlipWords | undefined {
    return this.#kept.other && wordsOf(this.#kept.other.body)
  }
  get empty(): boolean {
    return Object.values(this.words).every((line) => line.trim() === '')
  }

  write(line: keyof SlipWords, text: string): void {
    this.missing = undefined
    this.#kept.write(bodyOf({ ...this.words, [line]: text }))
  }
  send(): void {
    this.missing = whatIsMissing(this.words)
    if (!this.missing) this.#kept.finish()
  }
  takeBack = () => this.#kept.goOn()
  keepMine = () => this.#kept.keepMine()
  takeOther = () => this.#kept.takeOther()
  restore = () => this.#kept.restore()
  flush = () => this.#kept.flush()
  hear = (slip: MySlip) => this.#kept.hear(asAnswer(slip))
}

/** One text, always in the same order, so that what was sent is known again. */
const bodyOf = ({ situation, behaviour, impact, wish }: SlipWords): string =>
  JSON.stringify({ situation, behaviour, impact, wish })

const wordsOf = (body: string): SlipWords =>
  body === '' ? NOTHING : Value.Parse(SlipWords, JSON.parse(body))

const asAnswer = ({ id, blockId, words, revision, sent }: MySlip): MyAnswer => ({
  id,
  blockId,
  body: bodyOf(words),
  revision,
  done: sent,
})

const asSlip = ({ id, blockId, body, revision, done }: AnswerDraft, receiverId: string): SlipDraft => ({
  id,
  blockId,
  receiverId,
  words: wordsOf(body),
  revision,
  sent: done,
})
