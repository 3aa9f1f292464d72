import { expect, it } from 'vitest'
import type { AuditEntry } from '#shared/audit-calls.ts'
import { sentenceFor } from './words.ts'

const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  id: '0',
  action: 'role-changed',
  at: '2026-11-22T09:00:00Z',
  actor: 'Ada',
  subject: 'Ben',
  group: null,
  organization: null,
  detail: {},
  ...more,
})

it.for([
  [
    entry({ detail: { from: 'member', to: 'facilitator' } }),
    false,
    'Ben became facilitator, and had been member.',
  ],
  [entry({ detail: { from: 'colleague', to: 'hr' } }), true, 'You became HR, and had been colleague.'],
  [entry({ action: 'member-removed' }), true, 'Your membership was ended.'],
  [entry({ action: 'member-removed', subject: null }), false, 'The membership was ended.'],
  [
    entry({ action: 'group-changed', detail: { setting: 'admission', from: 'invite-only', to: 'open' } }),
    false,
    'Who may join: from invite only to open.',
  ],
  [entry({ action: 'group-changed', detail: { setting: 'purpose' } }), false, 'What it is for: changed.'],
  [entry({ action: 'colleague-ended' }), true, 'You are no longer a colleague.'],
] as const)('%#: says what was done', ([one, mine, sentence]) => {
  expect(sentenceFor(one, mine)).toBe(sentence)
})
