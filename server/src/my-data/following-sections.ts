import type { Level } from '#shared/following.ts'
import type { MyData } from '#shared/my-data.ts'
import type { Section } from './page-sections.ts'

const LEVELS: Record<Level, string> = {
  every: 'every post',
  digest: 'in a digest',
  mentions: 'only when you are mentioned',
  nothing: 'nothing',
}

/** What I want to hear by mail of groups and of single threads. */
export const followingSections = (data: MyData, at: (instant: string | null) => string | null): Section[] => [
  {
    title: 'What you hear of groups',
    none: 'As it comes: a digest a week, and replies to what you wrote.',
    entries: data.following.map((one) => ({
      title: one.group,
      facts: [
        ['New posts', LEVELS[one.level]],
        ['In threads of yours', LEVELS[one.mine]],
        ['Digest', `${one.digest}, at most ${one.most} threads`],
        ['Told up to', at(one.toldUpTo)],
      ],
    })),
  },
  {
    title: 'What you hear of single threads',
    none: 'As of their groups.',
    entries: data.threadsFollowed.map((one) => ({
      title: one.episode ?? one.session ?? one.group,
      facts: [
        ['Group', one.group],
        ['About', one.quote ? `“${one.quote}”` : null],
        ['You hear', LEVELS[one.level]],
        ['Since', at(one.since)],
      ],
    })),
  },
]
