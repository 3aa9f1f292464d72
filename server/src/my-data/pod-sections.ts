import type { MyData } from '#shared/my-data.ts'
import { saySlip } from '#shared/slips.ts'
import type { Section } from './page-sections.ts'

export const podSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'Blocks in which you worked in a pair or a small group',
    none: 'None.',
    entries: data.pods.map((one) => ({
      title: one.block,
      facts: [
        ['Session', one.session],
        ['Group', one.group],
        ['When', at(one.startsAt)],
      ],
    })),
  },
  {
    title: 'Votes in which you took part (what you chose is deleted when they are counted)',
    none: 'None.',
    entries: data.votes.map((one) => ({
      title: one.block,
      facts: [
        ['Session', one.session],
        ['Group', one.group],
        ['When', at(one.startsAt)],
        [
          'You',
          one.step !== null
            ? `chose ${one.step}`
            : one.dots > 0
              ? `gave ${one.dots} dots`
              : one.done
                ? 'voted'
                : 'began',
        ],
      ],
    })),
  },
  {
    title: 'Go-rounds in which you had a place',
    none: 'None.',
    entries: data.goRounds.map((one) => ({
      title: one.block,
      facts: [
        ['Session', one.session],
        ['Group', one.group],
        ['When', at(one.startsAt)],
        ['You', one.passed ? 'passed' : one.spoke ? (one.began ? 'began' : 'spoke') : 'did not speak'],
      ],
    })),
  },
  {
    title: 'What you wrote to others in live rounds of feedback',
    none: 'Nothing.',
    entries: data.feedbackSlips.map((one) => ({
      title: one.round,
      words: saySlip(one),
      facts: [
        ['Written', at(one.writtenAt)],
        ['Sent', at(one.sentAt)],
        ['Opened', at(one.openedAt)],
      ],
    })),
  },
]
