import type { BlockKind } from '#shared/guide.ts'
import { planMinutes, sayPlan, sessionMinutes } from '#shared/session-plan.ts'
import { MOST_BLOCKS, type Block, type BlockDraft, type Session } from '#shared/sessions.ts'

type Removed = { block: BlockDraft; position: number }
/** What survives a reload: the blocks, the state they were made from, and the questions they take up. */
type Kept = { blocks: BlockDraft[]; basedOn: string; planned: Planned[] }
/** Open questions, and the block that takes them up. */
type Planned = { blockId: string; threadIds: string[] }

/** Where a browser keeps it. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What a plan is edited of: a session, or a template that is laid out like one. */
export type PlanOf = Pick<Session, 'id' | 'blocks' | 'planVersion' | 'startsAt' | 'endsAt'>

/** A plan that is being edited. Nothing of it is lost by a reload, nor saved over what somebody else saved. */
export class PlanDraft {
  blocks = $state<BlockDraft[]>([])
  /** The one that was removed last, until something else is done. */
  removed = $state<Removed>()
  planned = $state<Planned[]>([])
  /** The state of the plan that this one was made from. */
  basedOn = $state('')
  /** Unsaved changes came back after a reload. */
  restored = $state(false)
  readonly #available: number
  readonly #key: string
  readonly #shelf: Shelf | undefined
  #saved = $state('')

  constructor(session: PlanOf, shelf?: Shelf) {
    this.#available = sessionMinutes(session)
    this.#key = `shortside:plan:${session.id}`
    this.#shelf = shelf
    this.#begin(session)
  }

  /** Takes over the plan as the server has it; what was kept for a reload is not needed any more. */
  take(session: PlanOf): void {
    this.#begin(session)
    this.#shelf?.removeItem(this.#key)
  }

  #begin(session: PlanOf): void {
    this.blocks = session.blocks.map(toDraft)
    this.basedOn = session.planVersion
    this.planned = []
    this.removed = undefined
    this.restored = false
    this.#saved = JSON.stringify(this.blocks)
  }

  /** Unsaved changes of this tab, when there are any. Called in the browser, once. */
  restore(): void {
    const kept = this.#read()
    if (!kept || JSON.stringify(kept.blocks) === this.#saved) return
    this.blocks = kept.blocks
    this.basedOn = kept.basedOn
    this.planned = kept.planned
    this.restored = true
  }

  /** Keeps what is not saved yet over a reload. */
  keep(): void {
    if (!this.changed) return this.#shelf?.removeItem(this.#key)
    const kept: Kept = { blocks: this.blocks, basedOn: this.basedOn, planned: this.planned }
    try {
      this.#shelf?.setItem(this.#key, JSON.stringify(kept))
    } catch {
      // A browser that keeps nothing only loses this comfort.
    }
  }

  /** Open questions that this plan takes up when it is saved, as long as their block stays in it. */
  get takenUp(): string[] {
    const isHere = (blockId: string) => this.blocks.some(({ id }) => id === blockId)
    return this.planned.flatMap(({ blockId, threadIds }) => (isHere(blockId) ? threadIds : []))
  }

  get changed(): boolean {
    return JSON.stringify(this.blocks) !== this.#saved
  }

  get minutes(): number {
    return planMinutes(this.blocks)
  }

  get available(): number {
    return this.#available
  }

  get over(): number {
    return Math.max(0, this.minutes - this.#available)
  }

  get sentence(): string {
    return sayPlan(this.minutes, this.#available)
  }

  get full(): boolean {
    return this.blocks.length >= MOST_BLOCKS
  }

  /** Adds a block before the closing ones, or at the end; gives it back. */
  add(kind: BlockKind, title: string, more: Partial<BlockDraft> = {}): BlockDraft | undefined {
    if (this.full) return undefined
    const block: BlockDraft = {
      id: crypto.randomUUID(),
      kind,
      title,
      minutes: Math.min(10, Math.max(1, this.#available - this.minutes)),
      prompt: '',
      notes: '',
      options: {},
      ...more,
    }
    const closing = this.blocks.findIndex(({ kind: one }) => one === 'commit' || one === 'close')
    this.blocks.splice(closing === -1 || isClosing(kind) ? this.blocks.length : closing, 0, block)
    this.removed = undefined
    return block
  }

  change(id: string, part: Partial<BlockDraft>): void {
    const block = this.blocks.find((one) => one.id === id)
    if (block) Object.assign(block, part)
  }

  move(id: string, step: 1 | -1): void {
    const from = this.blocks.findIndex((block) => block.id === id)
    const to = from + step
    const block = this.blocks[from]
    if (!block || to < 0 || to >= this.blocks.length) return
    this.blocks.splice(from, 1)
    this.blocks.splice(to, 0, block)
  }

  remove(id: string): void {
    const position = this.blocks.findIndex((block) => block.id === id)
    const [block] = position === -1 ? [] : this.blocks.splice(position, 1)
    if (block) this.removed = { block, position }
  }

  undo(): void {
    if (!this.removed) return
    this.blocks.splice(this.removed.position, 0, this.removed.block)
    this.removed = undefined
  }

  #read(): Kept | undefined {
    try {
      return JSON.parse(this.#shelf?.getItem(this.#key) ?? 'null') as Kept | undefined
    } catch {
      return undefined
    }
  }
}

const isClosing = (kind: BlockKind) => kind === 'commit' || kind === 'close'

const toDraft = ({ id, kind, title, minutes, prompt, notes = '', options }: Block): BlockDraft => ({
  id,
  kind,
  title,
  minutes,
  prompt,
  notes,
  options,
})
