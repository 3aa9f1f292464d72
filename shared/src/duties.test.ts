import { expect, it } from 'vitest'
import {
  noHolders,
  suggestDuties,
  suggestDuty,
  type HeldSession,
  type Holders,
  type SessionAhead,
} from './duties.ts'

const person = (id: string, mayFacilitate = false, joinedAt = '2026-01-01') => ({
  id,
  mayFacilitate,
  joinedAt,
})
const held = (startsAt: string, holders: Partial<Holders>): HeldSession => ({
  startsAt,
  holders: { ...noHolders(), ...holders },
})
const ahead = (id: string, holders: Partial<Holders> = {}, away: string[] = []): SessionAhead => ({
  id,
  away,
  ...held(`2026-12-${id}`, holders),
})
const people = [person('ada', true), person('ben', false, '2026-02-01'), person('cleo', false, '2026-01-02')]

it('whoever did a duty least is suggested, then who did it longest ago, then who joined first', () => {
  const past = [held('2026-11-01', { timekeeper: 'ben' }), held('2026-11-08', { timekeeper: 'cleo' })]
  const timekeeper = (past: HeldSession[]) =>
    suggestDuty('timekeeper', people, past, ahead('01', { facilitator: 'ada' }))
  expect(timekeeper([])).toBe('cleo')
  expect(timekeeper(past.slice(1))).toBe('ben')
  expect(timekeeper(past)).toBe('ben')
  expect(timekeeper([...past, held('2026-11-15', { timekeeper: 'ben' })])).toBe('cleo')
})

it('nobody is suggested who can’t come, has another duty there, or may not facilitate', () => {
  const suggested = (session: SessionAhead) => suggestDuties(people, [], [session]).get(session.id)
  expect(suggested(ahead('01', {}, ['ada']))?.facilitator).toBeNull()
  expect(suggested(ahead('01', { facilitator: 'ada' }, ['ben', 'cleo']))).toEqual(noHolders())
  expect(
    Object.values(suggested(ahead('01')) ?? {})
      .filter(Boolean)
      .toSorted(),
  ).toEqual(['ada', 'ben', 'cleo'])
})

it('what is taken is not suggested, and what is suggested for one session counts for the next', () => {
  const both = suggestDuties(
    people,
    [],
    [ahead('08', { facilitator: 'ada' }), ahead('01', { facilitator: 'ada' })],
  )
  expect(both.get('01')?.facilitator).toBeNull()
  expect([both.get('01')?.welcome, both.get('08')?.welcome]).toEqual(['cleo', 'ben'])
})
