import type {
  AnswersAbout,
  FeedbackQuestion,
  Naming,
  ReportBody,
  ReportedQuestion,
  RoundKind,
  Sheet,
} from './feedback.ts'

/** What is wrong with asking without names, or nothing. `eligible` are those who are asked, the subject not among them. */
export function whyNotAnonymous(eligible: number, threshold: number): string | undefined {
  if (eligible >= threshold) return undefined
  return `Without names it takes at least ${threshold} people who are asked, so that nobody can be guessed; here ${
    eligible === 1 ? 'it is one' : `there are ${eligible}`
  }. Ask more people, or ask with names.`
}

/** Who will read it and when: from the same facts that the server goes by. */
export function sayReaders(
  { kind, naming, threshold }: { kind: RoundKind; naming: Naming; threshold: number },
  subject: string,
): string {
  const reader =
    kind === 'ask'
      ? `${subject} reads it, and whom ${subject} shows it to`
      : kind === 'everyone'
        ? 'Each person reads what was said about them, and whom they show it to'
        : 'Everybody in the group reads it'
  const when = 'after the round has closed, all at once'
  return naming === 'attributed'
    ? `${reader}, ${when}, with your name beside your words.`
    : `${reader}, ${when}, without names. With fewer than ${threshold} answers everything is destroyed unread. Facilitators, HR and whoever runs this site read none of it.`
}

export type Respondent = { name: string; sheet: Sheet }

/**
 * What came out for one subject. It depends on nothing but what was said: whoever of two respondents said which, the report
 * is the same to the letter.
 * @returns nothing when an anonymous round has fewer answers than it needs
 */
export function makeReport(
  {
    naming,
    threshold,
    questions,
  }: { naming: Naming; threshold: number; questions: readonly FeedbackQuestion[] },
  subjectId: string | null,
  asked: number,
  respondents: readonly Respondent[],
  self: Sheet | undefined,
): ReportBody | undefined {
  const said = respondents.flatMap(({ name, sheet }) => {
    const about = sheet.state === 'submitted' ? aboutSubject(sheet, subjectId) : undefined
    return about && saysSomething(about) ? [{ name, about }] : []
  })
  if (naming === 'anonymous' && said.length < threshold) return undefined
  const own = self?.state === 'submitted' ? aboutSubject(self, subjectId) : undefined
  return {
    asked,
    answered: said.length,
    declined:
      naming === 'attributed'
        ? respondents
            .filter(({ sheet }) => sheet.state === 'declined')
            .map(({ name, sheet }) => ({ name, reason: sheet.reason }))
            .sort((a, b) => compare(a.name, b.name))
        : [],
    questions: questions.map((question): ReportedQuestion => {
      const answers = said.flatMap(({ name, about }) => {
        const answer = about.answers.find(({ questionId }) => questionId === question.id)
        return answer ? [{ name, ...answer }] : []
      })
      const points = answers.flatMap((answer) => answer.points ?? [])
      const mine = own?.answers.find(({ questionId }) => questionId === question.id)
      return {
        question,
        words: answers
          .filter(({ words }) => words.trim() !== '')
          .map(({ words, name }) => ({ words: words.trim(), name: naming === 'attributed' ? name : null }))
          .sort((a, b) => compare(a.words, b.words) || compare(a.name ?? '', b.name ?? '')),
        spread: [1, 2, 3, 4, 5].map((point) => points.filter((given) => given === point).length),
        notObserved: points.filter((given) => given === 0).length,
        self: mine ? { words: mine.words, points: mine.points } : null,
      }
    }),
  }
}

const aboutSubject = ({ about }: Sheet, subjectId: string | null): AnswersAbout | undefined =>
  about.find((one) => one.subjectId === subjectId)

export const saysSomething = ({ answers }: Pick<AnswersAbout, 'answers'>): boolean =>
  answers.some(({ words, points }) => words.trim() !== '' || points !== null)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
