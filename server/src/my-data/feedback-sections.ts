import type { MyData } from '#shared/my-data.ts'
import type { Section } from './page-sections.ts'

type Question = MyData['feedbackReports'][number]['questions'][number]

/** What I asked, what was answered to me, and my goals. */
export const feedbackSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'Goals',
    none: 'None.',
    entries: data.goals.map((one) => ({
      title: one.words,
      words: one.measure,
      facts: [
        ['Skill', one.skill],
        ['By', one.due],
        ['What became of it', one.status.replace('-', ' ')],
        ['Set', at(one.setAt)],
        ['Closed', at(one.closedAt)],
      ],
    })),
  },
  {
    title: 'Feedback you got',
    none: 'None.',
    entries: data.feedbackReports.map((one) => ({
      title: one.round,
      words: one.questions.map(sayQuestion).join('\n\n'),
      facts: [
        ['Group', one.group],
        ['Answered', `${one.answered} of ${one.asked}`],
        ['Released', at(one.releasedAt)],
        ['What you heard', one.heard || null],
        ['What you will do', one.will || null],
        ['Your thanks', one.thanks || null],
      ],
    })),
  },
  {
    title: 'Feedback you asked for',
    none: 'None.',
    entries: data.feedbackAsked.map((one) => ({
      title: one.round,
      words: [one.intro, ...one.questions].filter(Boolean).join('\n\n'),
      facts: [
        ['Group', one.group],
        ['Names', one.naming],
        ['Status', one.status.replace('-', ' ')],
        ['Opens', at(one.opensAt)],
        ['Closes', at(one.closesAt)],
      ],
    })),
  },
  {
    title: 'Rounds in which you were asked',
    none: 'None.',
    entries: data.feedbackRequests.map((one) => ({
      title: one.round,
      facts: [
        ['Group', one.group],
        ['As', one.relation],
        ['Status', one.status.replace('-', ' ')],
        ['Closes', at(one.closesAt)],
      ],
    })),
  },
  {
    title: 'Feedback that others showed you',
    none: 'None.',
    entries: data.feedbackShownToMe.map((one) => ({
      title: one.round,
      facts: [['Since', at(one.sharedAt)]],
    })),
  },
]

/** A question with all that was said to it; from "not at all" to "very much" in five counts. */
function sayQuestion({ question, words, spread, notObserved, self }: Question): string {
  const counted = question.kind === 'agreement'
  return [
    question.text,
    ...(question.hint ? [question.hint] : []),
    ...(question.measure?.evidence ? [`What would show it: ${question.measure.evidence}`] : []),
    ...words.map(({ words, name }) => `– ${words}${name ? ` (${name})` : ''}`),
    ...(counted ? [`From 1 to 5: ${spread.join(', ')}; not observed: ${notObserved}`] : []),
    ...(self
      ? [`You: ${[self.points, self.words].filter((one) => one !== null && one !== '').join(', ')}`]
      : []),
  ].join('\n')
}
