import { shelf } from '#lib/live/shelf.ts'
import type { AnswersAbout, FeedbackAnswer, FeedbackRequest, Sheet } from '#shared/feedback.ts'

/** What this browser keeps of one request: the receipt, and what was written and not sent. */
type Kept = { receipt: string; about: AnswersAbout[] | null }

const keyOf = (key: string) => `shortside:feedback:${key}`

/**
 * What somebody writes in a round. It stays in this browser as it is typed, so a crash or a lost line costs nobody their
 * words; with its receipt what was sent can be seen again.
 */
export class SheetForm {
  about: AnswersAbout[] = $state([])
  receipt: string
  readonly #key: string

  constructor(key: string, { subjects, questions }: Pick<FeedbackRequest, 'subjects' | 'questions'>) {
    this.#key = key
    const kept = readKept(key)
    this.receipt = kept?.receipt ?? newReceipt()
    const before = kept?.about ?? []
    this.about = subjects.map(({ id }) => ({
      subjectId: id,
      answers: questions.map(
        ({ id: questionId }): FeedbackAnswer =>
          before
            .find(({ subjectId }) => subjectId === id)
            ?.answers.find((answer) => answer.questionId === questionId) ?? {
            questionId,
            words: '',
            points: null,
          },
      ),
    }))
  }

  /** There is something in this browser that was not sent. */
  get unsent(): boolean {
    return readKept(this.#key)?.about != null
  }

  answer(subjectId: string | null, questionId: string): FeedbackAnswer {
    const found = this.about
      .find((about) => about.subjectId === subjectId)
      ?.answers.find((answer) => answer.questionId === questionId)
    if (!found) throw new Error('no such question')
    return found
  }

  /** Takes over what was sent before, unless something newer waits here. */
  fill({ about }: Pick<Sheet, 'about'>): void {
    for (const { subjectId, answers } of about)
      for (const { questionId, words, points } of answers) {
        const mine = this.about
          .find((one) => one.subjectId === subjectId)
          ?.answers.find((answer) => answer.questionId === questionId)
        if (mine) Object.assign(mine, { words, points })
      }
  }

  keep(): void {
    write(this.#key, { receipt: this.receipt, about: $state.snapshot(this.about) })
  }

  /** What was written is safe elsewhere; the receipt stays. */
  sent(): void {
    write(this.#key, { receipt: this.receipt, about: null })
  }

  useReceipt(receipt: string): void {
    this.receipt = receipt
    write(this.#key, { receipt, about: null })
  }
}

function readKept(key: string): Kept | undefined {
  try {
    return (JSON.parse(shelf.getItem(keyOf(key)) ?? 'null') as Kept | null) ?? undefined
  } catch {
    return undefined
  }
}

const write = (key: string, kept: Kept) => shelf.setItem(keyOf(key), JSON.stringify(kept))

/** 144 bits in letters that can be typed from paper. */
const newReceipt = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
