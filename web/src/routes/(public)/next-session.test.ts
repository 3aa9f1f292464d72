import { expect, it } from 'vitest'
import type { SessionSummary } from '#shared/sessions.ts'
import { nextOf } from './next-session.ts'

const session = (id: string, startsAt: string, status: SessionSummary['status'] = 'scheduled') =>
  ({
    id,
    status,
    startsAt,
    endsAt: new Date(new Date(startsAt).getTime() + 3_600_000).toISOString(),
  }) as SessionSummary
const now = new Date('2026-11-22T09:00:00Z')

it('is the earliest that is not over, whatever the order of the list', () => {
  const sessions = [
    session('later', '2026-12-08T17:00:00Z'),
    session('next', '2026-11-24T17:00:00Z'),
    session('cancelled', '2026-11-23T17:00:00Z', 'cancelled'),
    session('missed', '2026-11-20T17:00:00Z'),
  ]
  expect(nextOf(sessions, now)?.id).toBe('next')
})

it('is the one that is on, even when it runs late', () => {
  const sessions = [session('next', '2026-11-24T17:00:00Z'), session('on', '2026-11-22T07:00:00Z', 'live')]
  expect(nextOf(sessions, now)?.id).toBe('on')
})

it('is nothing when nothing is planned', () => {
  expect(nextOf([session('done', '2026-11-20T17:00:00Z', 'wrapped-up')], now)).toBeUndefined()
})
