import { Value } from 'typebox/value'
import { ThreadDraft } from '#shared/threads.ts'
import { dropDraft, keepDraft, readDraft } from './drafts.ts'

/** A thread with a title that somebody is about to start, kept on this device until the server has it. */
export class StartDraft {
  draft = $state<ThreadDraft & { title: string }>()
  /** Not for a draft that was found again: whoever comes to read is not thrown into it. */
  takeFocus = $state(false)
  readonly #key: string
  readonly #sessionId: string | null

  constructor(key: string, sessionId: string | null = null) {
    this.#key = key
    this.#sessionId = sessionId
  }

  /** Called in the browser, once. */
  find(): void {
    const kept = readDraft(this.#key)
    if (Value.Check(ThreadDraft, kept) && typeof kept.title === 'string')
      this.draft = { ...kept, title: kept.title }
  }

  /** Ids are chosen once, so a retry is the same thread. */
  begin(): void {
    this.draft ??= {
      threadId: crypto.randomUUID(),
      postId: crypto.randomUUID(),
      title: '',
      body: '',
      question: false,
      answerFirst: false,
      sessionId: this.#sessionId,
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
