import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endingOf, hasDemonstrations, orderOf, timerOfTurn, type EarlierGoRound } from './go-round.ts'
import { hasGoRound } from './spoken.ts'

const named = (...names: string[]) => names.map((name) => ({ accountId: name.toLowerCase(), name }))
const earlier = (sessionId: string, began: string, ...people: string[]): EarlierGoRound => ({
  sessionId,
  began,
  people,
})
const three = named('Cleo', 'Ada', 'Ben')

describe('L31: the order of a go-round', () => {
  it('is a circle by name the first time', () => {
    expect(orderOf(three, [], 'one')).toEqual(['ada', 'ben', 'cleo'])
  })

  it('begins with somebody else from session to session, and with everybody once before anybody again', () => {
    const history: EarlierGoRound[] = []
    const began = Array.from({ length: 6 }, (_, at) => {
      const [first = ''] = orderOf(three, history, `session ${String(at)}`)
      history.push(earlier(`session ${String(at)}`, first, 'ada', 'ben', 'cleo'))
      return first
    })
    expect(began).toEqual(['ada', 'ben', 'cleo', 'ada', 'ben', 'cleo'])
  })

  it('goes on within a session, whose later go-rounds do not count for the next session', () => {
    const history = [earlier('one', 'ada', 'ada', 'ben', 'cleo'), earlier('one', 'ben', 'ada', 'ben', 'cleo')]
    expect(orderOf(three, history, 'one')[0]).toBe('cleo')
    expect(orderOf(three, history, 'two')).toEqual(['ben', 'cleo', 'ada'])
  })

  it('spares whoever is new, unless whoever is left began last time', () => {
    const history = [earlier('one', 'ada', 'ada', 'ben')]
    expect(orderOf(named('Ada', 'Aaron', 'Ben'), history, 'two')).toEqual(['ben', 'aaron', 'ada'])
    expect(orderOf(named('Ada', 'Aaron'), history, 'two')).toEqual(['aaron', 'ada'])
  })

  it('never lets who began last time begin again, whoever comes and goes', () => {
    const names = ['ada', 'ben', 'cleo', 'dan', 'eve', 'fay', 'gil']
    fc.assert(
      fc.property(
        fc.array(fc.subarray(names, { minLength: 2 }), { minLength: 2, maxLength: 20 }),
        (evenings) => {
          const history: EarlierGoRound[] = []
          for (const [at, there] of evenings.entries()) {
            const people = there.map((name) => ({ accountId: name, name }))
            const order = orderOf(people, history, String(at))
            expect(order.toSorted()).toEqual([...there].sort())
            expect(order[0]).not.toBe(history.at(-1)?.began)
            history.push({ sessionId: String(at), began: order[0] ?? null, people: there })
          }
        },
      ),
    )
  })
})

it('L31: goes round where people speak all together', () => {
  const block = (kind: 'check-in' | 'write' | 'practice', options = {}) => ({
    kind,
    options: { goRound: true, ...options },
  })
  expect(hasGoRound(block('check-in'))).toBe(true)
  expect(hasGoRound(block('write'))).toBe(false)
  expect(hasGoRound(block('practice', { groupsOf: 2 }))).toBe(false)
  expect(hasGoRound({ kind: 'close', options: { goRound: true, closing: 'one-word' } })).toBe(false)
  expect(hasDemonstrations(block('practice'))).toBe(false)
  expect(hasDemonstrations({ kind: 'practice', options: {} })).toBe(true)
})

it('L31: the time of one turn stands still while the block does', () => {
  const now = new Date('2026-11-22T09:00:00Z')
  expect(timerOfTurn({ minutesEach: 0.5 }, false, now)).toEqual({
    endsAt: '2026-11-22T09:00:30.000Z',
    left: null,
  })
  expect(timerOfTurn({ minutesEach: 0.5 }, true, now)).toEqual({ endsAt: null, left: 30 })
  expect(timerOfTurn({}, false, now)).toEqual({ endsAt: null, left: null })
})

it('L31: one control ends the turn that is on, also of somebody who spoke in between', () => {
  const seat = (accountId: string, turnId: string | null, aside: 'passed' | null = null) => ({
    ...{ accountId, place: 0, turnId, aside },
  })
  const going = { seats: [seat('ada', 't1'), seat('ben', null)] }
  const last = { seats: [seat('ada', 't1'), seat('ben', null, 'passed')] }
  expect(endingOf(going, { turnId: 't1' })).toBe('next')
  expect(endingOf(going, { turnId: 'a hand' })).toBe('next')
  expect(endingOf(going, null)).toBeUndefined()
  expect(endingOf(last, { turnId: 't1' })).toBe('round')
  expect(endingOf(last, { turnId: 'a hand' })).toBe('turn')
  expect(endingOf({ seats: [] }, { turnId: 'a hand' })).toBe('turn')
})
