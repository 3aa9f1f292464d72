import type { MyData } from '#shared/my-data.ts'
import type { Section } from './page-sections.ts'

/** What I announced, agreed to, asked for and was offered. */
export const groupLifeSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'What you announced',
    none: 'Nothing.',
    entries: data.announcements.map((one) => ({
      title: one.title || 'Taken back',
      words: one.words,
      facts: [
        ['Group', one.group],
        ['Announced', at(one.announcedAt)],
        ['Changed', at(one.editedAt)],
        ['Taken back', at(one.withdrawnAt)],
      ],
    })),
  },
  {
    title: 'Announcements you muted',
    none: 'None.',
    entries: data.announcementsMuted.map((one) => ({
      title: one.group,
      facts: [['Since', at(one.mutedAt)]],
    })),
  },
  {
    title: 'Working agreements you accepted',
    none: 'None.',
    entries: data.agreementsAccepted.map((one) => ({
      title: `${one.group}, wording ${one.version}`,
      words: one.words,
      facts: [['Accepted', at(one.acceptedAt)]],
    })),
  },
  {
    title: 'Groups you asked to take over',
    none: 'None.',
    entries: data.takeOversAsked.map((one) => ({
      title: one.group,
      words: one.reason,
      facts: [
        ['State', one.state.replace('-', ' ')],
        ['Asked', at(one.askedAt)],
        ['Decided', at(one.decidedAt)],
      ],
    })),
  },
  {
    title: 'Places you were offered when a group split',
    none: 'None.',
    entries: data.placesOffered.map((one) => ({
      title: one.newGroup,
      facts: [
        ['From', one.group],
        ['As', one.role],
        ['What you did', one.state === 'open' ? 'not answered yet' : one.state],
        ['Offered', at(one.offeredAt)],
        ['Answered', at(one.answeredAt)],
      ],
    })),
  },
]
