import { expect, it } from 'vitest'
import type { LiveBlock, LivePerson, SessionView } from '../live.ts'
import { UNTOUCHED } from './apply-live-event.ts'
import { hintsFor, isForgotten } from './hints.ts'
import { NO_DOOR, NO_LEAD } from './lead.ts'

const NOON = Date.parse('2026-11-24T12:00:00Z')
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()

const block = (id: string, more: Partial<LiveBlock> = {}): LiveBlock => ({
  id,
  kind: 'discuss',
  title: id,
  minutes: 20,
  prompt: '',
  options: {},
  skipped: false,
  ...UNTOUCHED,
  ...more,
})
const person = (accountId: string, spoken = 0, screen = true): LivePerson => ({
  ...{ accountId, name: accountId, role: 'member', arrivedAt: at(0), spoken, screen },
})
const hand = (accountId: string) => ({
  turnId: `t-${accountId}`,
  accountId,
  kind: 'speak' as const,
  askedAt: at(0),
})

/** Ada leads; the first of two blocks of twenty minutes runs, and ends on time. */
const view = (more: Partial<SessionView> = {}): SessionView => ({
  session: {
    ...{ id: 's', title: 'Tuesday', status: 'live', startsAt: at(0), endsAt: at(40), openedAt: at(0) },
    ...{ wrappedUpAt: null, facilitatorId: 'Ada' },
  },
  group: { slug: 'tuesday', name: 'Tuesday' },
  blocks: [block('one', { startedAt: at(0) }), block('two')],
  currentBlockId: 'one',
  timer: { endsAt: at(20), left: null },
  people: [person('Ada'), person('Ben', 2), person('Cleo', 1), person('Dan'), person('Eve', 0, false)],
  queue: [],
  speaking: null,
  commitments: [],
  topics: [],
  lead: { ...NO_LEAD, leaderId: 'Ada' },
  door: NO_DOOR,
  ...more,
})
const says = (given: SessionView, minutes = 1, put: string[] = []) =>
  hintsFor(given, NOON + minutes * 60_000, new Set(put)).map((hint) => hint.says)

it('L40: whoever has not been heard is named, also without a screen; not whoever leads, nor a hand that is up', () => {
  expect(says(view())).toEqual(['Not heard yet: Dan and Eve.'])
  expect(says(view({ queue: [hand('Dan')] }))).toEqual(['Not heard yet: Eve.'])
  expect(says(view({ people: [person('Ada'), person('Ben', 1), person('Cleo')] }))).toEqual([])
  const many = ['Fay', 'Gil', 'Hana', 'Ida', 'Jon'].map((name) => person(name))
  expect(says(view({ people: [person('Ben', 3), ...many] }))).toEqual([
    'Not heard yet: Fay, Gil, Hana and 2 more.',
  ])
})

it('L40: whoever passed in the go-round is not named for it', () => {
  const seat = (accountId: string, aside: 'passed' | 'skipped' | null) => ({
    accountId,
    place: 0,
    turnId: null,
    aside,
  })
  const goRound = {
    seats: [seat('Dan', 'passed'), seat('Eve', 'skipped')],
    timer: { endsAt: null, left: null },
  }
  const blocks = [block('one', { kind: 'check-in', options: { goRound: true }, goRound })]
  expect(says(view({ blocks, timer: { endsAt: at(20), left: null } }))).toEqual(['Not heard yet: Eve.'])
})

it('L40: whoever comes to their turn in the go-round is not named before', () => {
  const seats = [
    { accountId: 'Dan', place: 0, turnId: null, aside: null },
    { accountId: 'Eve', place: 1, turnId: null, aside: 'skipped' as const },
  ]
  const goRound = { seats, timer: { endsAt: null, left: null } }
  const blocks = [block('one', { kind: 'close', options: { goRound: true }, goRound })]
  expect(says(view({ blocks, timer: { endsAt: at(20), left: null } }))).toEqual(['Not heard yet: Eve.'])
})

it('L24, L40: where nobody sees who wrote, no hint counts answers', () => {
  const secret = (writtenCount: number) =>
    view({
      blocks: [block('one', { kind: 'write', options: { anonymous: true }, writtenCount }), block('two')],
      timer: { endsAt: at(20), left: null },
    })
  expect([2, 3].map((count) => says(secret(count)))).toEqual([[], []])
})

it('L40: time against the plan is said in minutes, with what could be shorter', () => {
  const behind = (more: Partial<SessionView>) => says(view({ ...more, people: [] }))
  expect(behind({ timer: { endsAt: at(21), left: null } })).toEqual([])
  expect(behind({ timer: { endsAt: at(24), left: null } })).toEqual([
    '4 minutes behind. The last block could be shorter.',
  ])
  expect(behind({ blocks: [block('one'), block('two'), block('three', { minutes: 10 })] })).toEqual([
    '10 minutes behind. The last two blocks could be shorter.',
  ])
  expect(behind({ blocks: [block('one')], timer: { endsAt: at(44), left: null } })).toEqual([
    '4 minutes behind. This is the last block.',
  ])
})

it('L40: a session that nobody closed is no matter of minutes any more', () => {
  const ended = (minutes: number) =>
    says(
      view({
        people: [],
        session: { ...view().session, endsAt: at(minutes) },
        timer: { endsAt: at(0), left: null },
      }),
    )
  expect(ended(-118)[0]).toContain('minutes behind')
  expect(ended(-119)).toEqual([expect.stringContaining('If nobody is here any more, close it')])
})

it('L40: answers that wait are counted once half of them are there, without whoever leads', () => {
  const writing = (...written: string[]) =>
    view({
      blocks: [block('one', { kind: 'write', written }), block('two')],
      timer: { endsAt: at(20), left: null },
    })
  expect(says(writing('Ben'))).toEqual([])
  expect(says(writing('Ben', 'Cleo'))).toEqual(['2 of 3 have written.'])
  expect(says(writing('Ben', 'Cleo', 'Dan'))).toEqual(['All 3 have written.'])
  expect(says({ ...writing('Ben'), people: writing('Ben').people.slice(0, 2) })).toEqual([
    'Everybody has written.',
  ])
})

it('L40: never more than two, and one that was put away stays away', () => {
  const quiet = view({ timer: { endsAt: at(24), left: null } })
  expect(says(quiet, 20)).toHaveLength(2)
  expect(says(quiet, 20, ['time one'])).toEqual([
    'Not heard yet: Dan and Eve.',
    'No hands up. A minute for everybody to think alone may help.',
  ])
  expect(says(quiet, 20, ['time one', 'unheard one', 'quiet one'])).toEqual([])
  expect(says({ ...quiet, currentBlockId: null }, 20)).toEqual([])
})

it('L36, L40: two hours after its end a session is forgotten, and no shorter plan is offered', () => {
  const session = { session: { endsAt: at(0) } as SessionView['session'] }
  expect(isForgotten(session, NOON + 119 * 60_000)).toBe(false)
  expect(isForgotten(session, NOON + 120 * 60_000)).toBe(true)
})
