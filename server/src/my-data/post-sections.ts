import type { MyData } from '#shared/my-data.ts'
import { REACTION_WORDS } from '#shared/post-parts.ts'
import type { Section } from './page-sections.ts'

/** What belongs to posts, as the page shows it. */
export const postSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'What posts of yours said before you changed them',
    none: 'Nothing.',
    entries: data.postsBefore.map((one) => ({
      title: one.group,
      words: one.words,
      facts: [
        ['Posted', at(one.postedAt)],
        ['Written', at(one.writtenAt)],
      ],
    })),
  },
  {
    title: 'What you said about posts of others with one press',
    none: 'Nothing.',
    entries: data.reactions.map((one) => ({
      title: REACTION_WORDS[one.kind],
      facts: [
        ['Group', one.group],
        ['When', at(one.reactedAt)],
      ],
    })),
  },
  {
    title: 'Where you were mentioned',
    none: 'Nowhere.',
    entries: data.mentionsOfMe.map((one) => ({
      title: one.group,
      facts: [
        ['When', at(one.mentionedAt)],
        ['Seen', at(one.seenAt) ?? 'not yet'],
      ],
    })),
  },
]
