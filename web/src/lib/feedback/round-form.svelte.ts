import {
  THRESHOLD,
  type FeedbackQuestion,
  type Naming,
  type ReviewerDraft,
  type RoundDraft,
  type RoundKind,
} from '#shared/feedback.ts'
import type { QuestionSet } from '#shared/guide.ts'
import type { SkillId } from '#shared/words.ts'
import { closingDay, dayOf, endOfDay, morningOf } from './days.ts'

/** What is filled in to prepare a round. */
export class RoundForm {
  readonly id: string
  kind = $state<RoundKind>('ask')
  group = $state<string | null>(null)
  sessionId = $state<string | null>(null)
  title = $state('')
  intro = $state('')
  naming = $state<Naming>('anonymous')
  threshold = $state(THRESHOLD)
  asksSelf = $state(true)
  questions = $state<FeedbackQuestion[]>([])
  /** A day on whose morning it opens by itself; empty: by hand. */
  opensOn = $state('')
  /** A day of the reader's calendar, such as 2026-12-06: the round closes as it ends. */
  closesOn = $state('')
  reviewers = $state<ReviewerDraft[]>([])

  constructor(from: Partial<RoundDraft> = {}) {
    this.id = from.id ?? crypto.randomUUID()
    const { kind, group, sessionId, title, intro, naming, threshold, asksSelf, questions, reviewers } = from
    if (kind) this.kind = kind
    if (group !== undefined) this.group = group
    if (sessionId !== undefined) this.sessionId = sessionId
    if (title !== undefined) this.title = title
    if (intro !== undefined) this.intro = intro
    if (naming) this.naming = naming
    if (threshold !== undefined) this.threshold = threshold
    if (asksSelf !== undefined) this.asksSelf = asksSelf
    if (questions) this.questions = questions
    if (reviewers) this.reviewers = reviewers
    if (from.opensAt) this.opensOn = dayOf(from.opensAt)
    this.closesOn = from.closesAt ? dayOf(from.closesAt) : closingDay()
  }

  addSet({ questions }: QuestionSet): void {
    this.questions.push(
      ...questions.map(({ kind, text, hint }) => ({
        id: crypto.randomUUID(),
        kind,
        text,
        hint,
        measure: kind === 'agreement' ? newMeasure(null) : null,
      })),
    )
  }

  addBehaviour(text: string, skill: SkillId): void {
    this.questions.push({
      id: crypto.randomUUID(),
      kind: 'agreement',
      text,
      hint: '',
      measure: newMeasure(skill),
    })
  }

  addOwn(kind: FeedbackQuestion['kind']): void {
    const measure = kind === 'agreement' ? newMeasure(null) : null
    this.questions.push({ id: crypto.randomUUID(), kind, text: '', hint: '', measure })
  }

  move(index: number, by: -1 | 1): void {
    const [question] = this.questions.splice(index, 1)
    if (question) this.questions.splice(index + by, 0, question)
  }

  toDraft(): RoundDraft {
    const { id, kind, group, sessionId, title, intro, naming, threshold, asksSelf } = this
    return {
      id,
      kind,
      group,
      sessionId: kind === 'after-session' ? sessionId : null,
      title,
      intro,
      naming,
      threshold,
      asksSelf: kind === 'ask' && asksSelf,
      questions: $state.snapshot(this.questions),
      opensAt: this.opensOn === '' ? null : morningOf(this.opensOn),
      closesAt: endOfDay(this.closesOn),
      reviewers: kind === 'ask' ? $state.snapshot(this.reviewers) : [],
    }
  }
}

export const newMeasure = (skill: SkillId | null) => ({
  id: crypto.randomUUID(),
  skill,
  evidence: '',
  by: null,
})
