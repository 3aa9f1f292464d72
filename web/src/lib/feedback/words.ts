import type { Relation, RoundKind, RoundStatus } from '#shared/feedback.ts'

export const KIND_WORDS: Record<RoundKind, { label: string; hint: string }> = {
  ask: { label: 'I ask', hint: 'About me, from people I choose. The report is mine.' },
  everyone: {
    label: 'Everyone for everyone',
    hint: 'Whoever takes part gives to all and gets a report of their own.',
  },
  'after-session': {
    label: 'After a session',
    hint: 'Two questions, one minute, from those who were there.',
  },
  'about-group': { label: 'About the group', hint: 'How we are doing. Everybody in the group reads it.' },
}

export const RELATION_WORDS: Record<Relation, string> = {
  member: 'in my group',
  colleague: 'a colleague',
  manager: 'my manager',
  rabbi: 'my rabbi: a senior ally outside my line',
  report: 'somebody I lead',
  outside: 'somebody outside',
}

export const STATUS_WORDS: Record<RoundStatus, string> = {
  draft: 'not open yet',
  open: 'open',
  released: 'released',
  'too-few': 'closed without a report',
  cancelled: 'called off',
}

/** The five points, and what stands for them. */
export const POINT_WORDS = ['not at all', 'a little', 'partly', 'mostly', 'very much'] as const
