import type { SessionView } from '../live.ts'
import { LONGEST_TOPIC, type Topic } from '../topics.ts'

/** What a topic is called that nobody named: the beginning of an answer, on one line, cut between words. */
export function titleFrom(answer: string): string {
  const line = answer.trim().replaceAll(/\s+/g, ' ')
  if (line.length <= LONGEST_TOPIC) return line
  const cut = line.slice(0, LONGEST_TOPIC - 1)
  const word = line[cut.length] === ' ' ? cut : cut.slice(0, Math.max(0, cut.lastIndexOf(' ')))
  // A word that is longer than a title is cut inside it, but not inside a character.
  const whole = word.length > 0 ? word : cut.replace(/[\uD800-\uDBFF]$/, '')
  return `${whole.trimEnd()}…`
}

/** Topics without these answers: what gathered nothing else is gone, and what was called by one is called by the next. */
export function withoutAnswers(topics: Topic[], gone: ReadonlySet<string>, view: SessionView): Topic[] {
  const bodies = new Map(view.blocks.flatMap(({ answers }) => answers.map(({ id, body }) => [id, body])))
  return topics.flatMap((topic) => {
    if (!topic.answerIds.some((id) => gone.has(id))) return [topic]
    const answerIds = topic.answerIds.filter((id) => !gone.has(id))
    const [first] = answerIds
    if (first === undefined) return []
    return [{ ...topic, answerIds, title: topic.named ? topic.title : titleFrom(bodies.get(first) ?? '') }]
  })
}
