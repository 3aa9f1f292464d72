import { LONGEST_PROMPT } from '#shared/guide.ts'
import { questionInWords } from '#shared/session-plan.ts'
import type { PlanDraft } from './plan-draft.svelte.ts'

type OpenQuestion = { threadId: string; question: string }

const MINUTES_EACH = 5
const MOST_MINUTES = 20
const NOTES =
  'Let whoever asked say in a sentence why. Start with the question that most people nod at; the others can stay in the thread.'

/** Puts open questions into the plan as one talk; those for which the prompt has no room wait. Gives how many. */
export function planQuestions(plan: PlanDraft, questions: readonly OpenQuestion[]): number {
  const waiting = questions.filter(({ threadId }) => !plan.takenUp.includes(threadId))
  const taken: OpenQuestion[] = []
  let prompt = ''
  for (const question of waiting) {
    const longer = [prompt, `• ${questionInWords(question.question)}`].filter(Boolean).join('\n')
    if (longer.length > LONGEST_PROMPT) continue
    prompt = longer
    taken.push(question)
  }
  if (taken.length === 0) return 0
  const added = plan.add('discuss', taken.length === 1 ? 'An open question' : 'Open questions', {
    prompt,
    notes: NOTES,
    options: { threads: taken.map(({ threadId }) => threadId) },
    minutes: Math.min(MOST_MINUTES, taken.length * MINUTES_EACH),
  })
  if (!added) return 0
  plan.planned.push({ blockId: added.id, threadIds: taken.map(({ threadId }) => threadId) })
  return taken.length
}
