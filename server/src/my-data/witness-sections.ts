import type { MyData } from '#shared/my-data.ts'
import type { Section } from './page-sections.ts'

export const witnessSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'Commitments of others that you are the witness of',
    none: 'None.',
    entries: data.witnessOf.map((one) => ({
      title: one.session,
      facts: [
        ['Group', one.group],
        ['When', at(one.startsAt)],
        ['Your answer', one.state],
        ['Asked', at(one.askedAt)],
        ['Answered', at(one.answeredAt)],
        ['Mail on the day', one.remind ? 'yes' : 'no'],
      ],
    })),
  },
  {
    title: 'Wrap-ups that you corrected',
    none: 'None.',
    entries: data.wrapUpsCorrected.map((one) => ({
      title: one.session,
      words: [one.note, ...one.parked].filter(Boolean).join('\n'),
      facts: [
        ['Group', one.group],
        ['When', at(one.startsAt)],
        ['Corrected', at(one.correctedAt)],
      ],
    })),
  },
]
