import type { DigestRhythm, Level } from '#shared/following.ts'

/** What each level means, for a group. */
export const LEVEL_WORDS: Record<Level, { label: string; hint: string }> = {
  every: { label: 'Every post', hint: 'Soon, gathered so that a lively hour is one mail.' },
  digest: { label: 'In a digest', hint: 'What is new, by episode and chapter, and only when something is.' },
  mentions: { label: 'Only when I am mentioned', hint: 'Everything else waits here for you.' },
  nothing: { label: 'Nothing', hint: 'No mail. The numbers in the menu still tell you what is new.' },
}

export const RHYTHM_WORDS: Record<DigestRhythm, string> = {
  weekly: 'Weekly, on Mondays',
  daily: 'Every day',
}
