import { Value } from 'typebox/value'
import { dropDraft, keepDraft, readDraft } from '#lib/threads/drafts.ts'
import { ThreadDraft, type Anchor, type AnchoredDraft } from '#shared/threads.ts'

/** The thread that somebody is about to start: one at a time, kept on this device until the server has it. */
export class NewThread {
  draft = $state<AnchoredDraft>()
  /** Not for a draft that was found again: whoever comes to read is not thrown into it. */
  takeFocus = $state(false)
  readonly #key: string

  constructor(key: string) {
    this.#key = key
  }

  find(): void {
    const kept = readDraft(this.#key)
    if (Value.Check(ThreadDraft, kept) && kept.anchor) this.draft = { ...kept, anchor: kept.anchor }
  }

  /** Words that were begun go along to the new place. Ids are chosen once, so a retry is the same thread. */
  begin(anchor: Anchor): void {
    this.draft = {
      threadId: crypto.randomUUID(),
      postId: crypto.randomUUID(),
      body: '',
      question: false,
      ...$state.snapshot(this.draft),
      anchor,
    }
    this.takeFocus = true
  }

  keep(): void {
    if (this.draft) keepDraft(this.#key, $state.snapshot(this.draft))
  }

  leave(): void {
    dropDraft(this.#key)
    this.draft = undefined
  }
}
