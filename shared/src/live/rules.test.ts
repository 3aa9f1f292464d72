import { expect, it } from 'vitest'
import type { Hand, LiveBlock, LivePerson, SessionView } from '../live.ts'
import { UNTOUCHED } from './apply-live-event.ts'
import {
  canReveal,
  extendedTimer,
  hasWriting,
  neighbour,
  nextStep,
  offersReveal,
  pausedTimer,
  runningTimer,
  secondsLeft,
  spareSeconds,
  speakingOrder,
  urgencyOf,
  waitsForThree,
  writersOf,
} from './rules.ts'

const NOON = new Date('2026-11-24T12:00:00Z')
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)

const block = (id: string, more: Partial<LiveBlock> = {}): LiveBlock => ({
  id,
  kind: 'discuss',
  title: id,
  minutes: 10,
  prompt: '',
  options: {},
  skipped: false,
  ...UNTOUCHED,
  ...more,
})
const person = (accountId: string, spoken = 0): LivePerson => ({
  accountId,
  name: accountId,
  role: 'member',
  arrivedAt: NOON.toISOString(),
  spoken,
  screen: true,
})
const view = (more: Partial<SessionView> = {}): SessionView => ({
  session: {
    id: 's',
    title: 'Tuesday',
    status: 'live',
    startsAt: NOON.toISOString(),
    endsAt: at(3600).toISOString(),
    openedAt: NOON.toISOString(),
    wrappedUpAt: null,
    facilitatorId: 'ada',
  },
  group: { slug: 'tuesday', name: 'Tuesday' },
  blocks: [block('one'), block('two', { kind: 'write' }), block('three')],
  currentBlockId: null,
  timer: { endsAt: null, left: null },
  people: [],
  queue: [],
  speaking: null,
  commitments: [],
  topics: [],
  lead: { leaderId: null, locked: false, lost: null, coFacilitators: [] },
  door: { code: null, guests: false, shown: true },
  ...more,
})

it('L3: a timer that is paused and runs on loses at most a second', () => {
  const paused = pausedTimer(runningTimer(90, NOON), at(30.4))
  expect(paused).toEqual({ endsAt: null, left: 60 })
  expect(secondsLeft(runningTimer(paused.left ?? 0, at(500)), at(500).getTime())).toBe(60)
})

it('L3: minutes that are added after the end count from now', () => {
  const over = runningTimer(60, NOON)
  expect(secondsLeft(extendedTimer(over, 2, at(300)), at(300).getTime())).toBe(120)
  expect(extendedTimer({ endsAt: null, left: 10 }, 1, NOON)).toEqual({ endsAt: null, left: 70 })
})

it('L3: a timer turns amber when a fifth is left and red at a twentieth', () => {
  expect([121, 120, 30, 0, -5].map((left) => urgencyOf(left, 10))).toEqual([
    'plenty',
    'soon',
    'last',
    'last',
    'last',
  ])
})

it('L8: the queue favours who spoke least, then who asked first; who wants to add comes before a new subject', () => {
  const hand = (accountId: string, kind: Hand['kind'] = 'speak') => ({
    ...{ turnId: accountId, accountId, kind },
    askedAt: NOON.toISOString(),
  })
  const people = [person('tom', 3), person('li'), person('sanne'), person('ben', 1)]
  const order = speakingOrder([hand('tom'), hand('ben'), hand('sanne'), hand('li')], people)
  expect(order.map(({ accountId }) => accountId)).toEqual(['sanne', 'li', 'ben', 'tom'])

  const adding = [hand('tom', 'add'), hand('sanne'), hand('ben', 'add'), hand('li')]
  expect(speakingOrder(adding, people).map(({ accountId }) => accountId)).toEqual([
    'ben',
    'tom',
    'sanne',
    'li',
  ])
})

it('L2: before the first block the next one is the first, and after the last there is none', () => {
  const { blocks } = view()
  expect(neighbour(blocks, null, 1)?.id).toBe('one')
  expect(neighbour(blocks, null, -1)).toBeUndefined()
  expect(neighbour(blocks, 'three', 1)).toBeUndefined()
  expect(neighbour(blocks, 'gone', 1)).toBeUndefined()
})

it('L13: the plan is held against the hard end, with what is left of the current block', () => {
  expect(spareSeconds(view(), at(-600).getTime())).toBe(1800)
  const running = view({
    blocks: [
      block('one', { startedAt: NOON.toISOString(), endedAt: NOON.toISOString() }),
      block('two', { startedAt: NOON.toISOString() }),
      block('three'),
    ],
    currentBlockId: 'two',
    timer: runningTimer(300, at(1200)),
  })
  expect(spareSeconds(running, at(1200).getTime())).toBe(3600 - 1200 - 300 - 600)
  expect(spareSeconds(running, at(3300).getTime())).toBe(-300)
})

it('L4: the one next thing is to open, start, reveal, go on, and close', () => {
  const scheduled = view({ session: { ...view().session, status: 'scheduled' } })
  expect(nextStep(scheduled)).toBe('open')
  expect(nextStep(view())).toBe('start')
  expect(nextStep(view({ currentBlockId: 'one' }))).toBe('next')
  expect(nextStep(view({ currentBlockId: 'two' }))).toBe('reveal')
  const revealed = [block('one'), block('two', { kind: 'write', revealedAt: NOON.toISOString() })]
  expect(nextStep(view({ currentBlockId: 'two', blocks: revealed }))).toBe('close')
})

it('L4: a close in which nobody wrote is not waited for', () => {
  const spoken = block('two', { kind: 'close' })
  expect(nextStep(view({ currentBlockId: 'two', blocks: [spoken] }))).toBe('close')
  const written = { ...spoken, written: ['ben'] }
  expect(nextStep(view({ currentBlockId: 'two', blocks: [written] }))).toBe('reveal')
})

it('L34: a close that is spoken in turn has nothing to write or to reveal, one that is written goes no round', () => {
  const close = (options: LiveBlock['options']) => block('two', { kind: 'close', options })
  const spoken = close({ goRound: true })
  expect(hasWriting(spoken)).toBe(false)
  expect(canReveal(spoken)).toBe(false)
  expect(nextStep(view({ currentBlockId: 'two', blocks: [{ ...spoken, written: ['ben'] }] }))).toBe('close')
  expect(hasWriting(close({}))).toBe(true)
  expect(hasWriting(close({ goRound: true, closing: 'one-word' }))).toBe(true)
})

it('L24: without names the next thing is to go on, as long as fewer than three are done', () => {
  const stepWith = (writtenCount: number, kind: 'write' | 'close' = 'write') => {
    const secret = block('one', { kind, options: { anonymous: true }, writtenCount })
    return nextStep(view({ currentBlockId: 'one', blocks: [secret, block('two')] }))
  }
  expect([0, 1, 2, 3].map((count) => stepWith(count))).toEqual(['next', 'next', 'next', 'reveal'])
  expect([0, 2, 3].map((count) => stepWith(count, 'close'))).toEqual(['next', 'next', 'reveal'])
})

it('L24: what would be refused is not offered', () => {
  const secret = (more: Partial<LiveBlock>) =>
    block('one', { kind: 'write', options: { anonymous: true }, ...more })
  expect([2, 3].map((writtenCount) => offersReveal(secret({ writtenCount })))).toEqual([false, true])
  expect(waitsForThree(secret({}))).toBe(true)
  expect(waitsForThree(secret({ options: { anonymous: true, stayHidden: true } }))).toBe(false)
  expect(waitsForThree(secret({ revealedAt: NOON.toISOString() }))).toBe(false)
  expect(offersReveal(block('one', { kind: 'write' }))).toBe(true)
})

it('L16: a block that stays hidden has no reveal to go on to', () => {
  const hidden = block('two', { kind: 'write', options: { stayHidden: true } })
  const blocks = [block('one'), hidden, block('three')]
  expect(nextStep(view({ currentBlockId: 'two', blocks }))).toBe('next')
  expect(nextStep(view({ currentBlockId: 'two', blocks: [hidden] }))).toBe('close')
})

it('L4: the facilitator is waited for only once they wrote', () => {
  const people = [person('ada'), person('ben')]
  const names = (written: string[]) =>
    writersOf(view({ people }), block('two', { written })).map(({ accountId }) => accountId)
  expect(names([])).toEqual(['ben'])
  expect(names(['ada'])).toEqual(['ada', 'ben'])
})
