import type { SeriesPreview } from '#shared/series.ts'
import { Refusal } from '#shared/refusals.ts'
import { sentenceOf } from '#lib/api.ts'

/** Long enough that nobody's typing is answered letter by letter. */
const AFTER = 350

/** The dates of what a form says at the moment, or the sentence about what is wrong with it. */
export class PreviewedDates {
  preview: SeriesPreview | undefined = $state()
  problem = $state('')
  field = $state('')
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Asks a moment later; only the answer to the last question counts. */
  ask(question: (() => Promise<SeriesPreview>) | undefined): () => void {
    clearTimeout(this.#timer)
    const mine = ++this.#asked
    if (question === undefined) return () => undefined
    this.#timer = setTimeout(() => void this.#answer(question, mine), AFTER)
    return () => clearTimeout(this.#timer)
  }

  async #answer(question: () => Promise<SeriesPreview>, mine: number): Promise<void> {
    try {
      const preview = await question()
      if (mine !== this.#asked) return
      this.preview = preview
      this.problem = ''
    } catch (problem) {
      if (mine !== this.#asked) return
      this.preview = undefined
      this.problem = sentenceOf(problem)
      this.field = problem instanceof Refusal ? (problem.field ?? '') : ''
    }
  }
}
