import { expect, it } from 'vitest'
import type { SessionSummary } from '#shared/sessions.ts'
import { momentInWords, sortSessions, startsOf, stateInWords, whenInWords, whereInWords } from './words.ts'

const now = new Date('2026-11-22T09:00:00Z')
const session = (more: Partial<SessionSummary>): SessionSummary => ({
  id: 'one',
  title: 'Kickoff',
  status: 'scheduled',
  startsAt: '2026-11-24T16:30:00Z',
  endsAt: '2026-11-24T17:30:00Z',
  room: null,
  place: '',
  onlineLink: null,
  open: false,
  episode: null,
  seriesId: null,
  coming: 0,
  notComing: 0,
  present: 0,
  capacity: null,
  waiting: 0,
  offered: 0,
  mine: null,
  ...more,
})

it('says when and where', () => {
  expect(whenInWords(session({}), 'Europe/Berlin')).toBe('Tue 24 Nov, 17:30 to 18:30')
  expect(whereInWords({ place: 'Room Elbe', onlineLink: 'https://x.org' })).toBe('Room Elbe, and online')
  expect(whereInWords({ place: '', onlineLink: null })).toBe('')
})

it('knows where a session is in its life', () => {
  expect(stateInWords(session({}), now)).toEqual({ words: 'in 2 days', tone: 'now' })
  expect(stateInWords(session({}), new Date('2026-11-25T09:00:00Z')).words).toBe('Never opened')
  expect(stateInWords(session({ status: 'cancelled' }), now).words).toBe('Cancelled')
})

it('puts what is on first, what comes soonest next, and what is over apart', () => {
  const sessions = [
    session({ id: 'late', startsAt: '2026-12-24T16:30:00Z', endsAt: '2026-12-24T17:30:00Z' }),
    session({ id: 'soon' }),
    session({ id: 'live', status: 'live', startsAt: '2026-12-30T16:30:00Z' }),
    session({ id: 'over', status: 'wrapped-up', startsAt: '2026-11-01T16:30:00Z' }),
    session({ id: 'off', status: 'cancelled', startsAt: '2026-11-10T16:30:00Z' }),
  ]
  const { ahead, past } = sortSessions(sessions, now)
  expect(ahead.map(({ id }) => id)).toEqual(['live', 'soon', 'late'])
  expect(past.map(({ id }) => id)).toEqual(['off', 'over'])
})

it('says moments of an episode and starts of blocks', () => {
  expect(momentInWords(760)).toBe('12:40')
  expect(momentInWords(3723)).toBe('1:02:03')
  const starts = startsOf([{ minutes: 5 }, { minutes: 10 }], '2026-11-24T16:30:00Z')
  expect(starts.map((start) => start.toISOString())).toEqual([
    '2026-11-24T16:30:00.000Z',
    '2026-11-24T16:35:00.000Z',
  ])
})
