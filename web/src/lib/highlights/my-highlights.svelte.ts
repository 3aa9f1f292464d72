import { client } from '#lib/api.ts'
import type { Highlight, HighlightDraft } from '#shared/highlights.ts'
import type { Anchor } from '#shared/threads.ts'

/** My highlights of an episode: changed here at once, and told to the server. */
export class MyHighlights {
  list: Highlight[] = $state.raw([])
  readonly #params: { slug: string; episodeId: string }

  constructor(params: { slug: string; episodeId: string }, loaded: Highlight[]) {
    this.#params = params
    this.list = loaded
  }

  find(id: string): Highlight | undefined {
    return this.list.find((one) => one.id === id)
  }

  /** Marks words, unless these are marked already. */
  async mark(anchor: Anchor): Promise<Highlight> {
    const known = this.list.find(
      (one) => one.anchor.quote === anchor.quote && one.anchor.start === anchor.start,
    )
    return known ?? this.save(crypto.randomUUID(), { anchor, note: '' })
  }

  async save(id: string, draft: HighlightDraft): Promise<Highlight> {
    const saved = await client().saveHighlight({
      params: { ...this.#params, highlightId: id },
      body: $state.snapshot(draft),
    })
    this.list = inOrder([...this.list.filter((one) => one.id !== id), saved])
    return saved
  }

  async delete(id: string): Promise<void> {
    await client().deleteHighlight({ params: { ...this.#params, highlightId: id } })
    this.list = this.list.filter((one) => one.id !== id)
  }
}

const inOrder = (list: Highlight[]) =>
  list.toSorted((a, b) => (a.anchor.start ?? Infinity) - (b.anchor.start ?? Infinity))
