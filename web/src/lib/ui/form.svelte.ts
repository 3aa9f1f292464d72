import { Refusal, type RefusalCode } from '#shared/refusals.ts'
import { sentenceOf } from '#lib/api.ts'

/**
 * The state of a form that is being sent: busy, the sentence of a refusal, and which field it means. What was
 * typed lives in the component and is never touched, so a refusal costs nobody their words.
 */
export class Sending {
  busy = $state(false)
  problem = $state('')
  field = $state('')
  /** Why it was refused, for a form that offers another way then. */
  code = $state<RefusalCode | ''>('')
  /** Fields whose sentence stands beside them. Written while they are drawn, so it must not be state. */
  readonly #shown: string[] = []

  /** Gives an `onsubmit` handler. */
  submit(send: () => Promise<void>): (event: SubmitEvent) => Promise<void> {
    return async (event) => {
      event.preventDefault()
      await this.run(send)
    }
  }

  /** Runs once at a time; says whether it went well. */
  async run(send: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = ''
    this.field = ''
    this.code = ''
    try {
      await send()
      return true
    } catch (problem) {
      this.problem = sentenceOf(problem)
      this.field = problem instanceof Refusal ? (problem.field ?? '') : ''
      this.code = problem instanceof Refusal ? problem.code : ''
      return false
    } finally {
      this.busy = false
    }
  }

  /** The sentence for one field, to stand beside it. */
  of(field: string): string | undefined {
    if (!this.#shown.includes(field)) this.#shown.push(field)
    return this.field === field ? this.problem : undefined
  }

  /** The sentence when it belongs to no field that the form shows. */
  get general(): string {
    return this.#shown.includes(this.field) ? '' : this.problem
  }
}
