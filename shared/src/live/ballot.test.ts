import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Topic } from '../topics.ts'
import {
  countBallots,
  countInWords,
  everybodyDone,
  spreadInWords,
  sumOf,
  topicsAtHand,
  withDot,
} from './ballot.ts'
import { decides, nextTopic, parkedTopics, topicOrder, topicSeconds, withBlock } from './discussion.ts'

const topic = (id: string, position: number, blockId: string | null = null): Topic => ({
  ...{ id, blockId, position, title: id },
  named: true,
  answerIds: [],
})
const TOPICS = [topic('a', 0), topic('b', 1), topic('c', 2)]
const VOTE = { kind: 'vote', options: {} } as const
const CONFIDENCE = { kind: 'vote', options: { confidence: true } } as const
const cast = (dots: Record<string, number>, step: number | null = null) => ({
  dots: Object.entries(dots).map(([topicId, many]) => ({ topicId, dots: many })),
  step,
})

it('L27: the sums are the same whoever gave what, and in whatever order', () => {
  const one = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'gone'), fc.integer({ min: 1, max: 3 }))
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), (all) => {
      const there = all.map((dots) => cast(dots))
      expect(countBallots(there.toReversed(), VOTE, TOPICS)).toEqual(countBallots(there, VOTE, TOPICS))
    }),
  )
})

it('L27: most dots first, ties as the topics stand; dots on a topic that is gone do not count', () => {
  const count = countBallots([cast({ c: 2, gone: 1 }), cast({ b: 1, c: 1 }), cast({ gone: 3 })], VOTE, TOPICS)
  expect(count).toEqual({
    voters: 2,
    dots: [
      { topicId: 'c', dots: 3 },
      { topicId: 'b', dots: 1 },
      { topicId: 'a', dots: 0 },
    ],
    spread: null,
  })
  expect(countInWords(count, VOTE, TOPICS)).toBe('“c” has 3 dots, “b” 1.')
})

it('L27: whatever is pressed, nobody gives more dots than they have, nor more than fit on one topic', () => {
  const pressed = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1 as const, -1 as const)))
  fc.assert(
    fc.property(pressed, fc.integer({ min: 1, max: 5 }), fc.boolean(), (presses, votes, oneDotEach) => {
      const options = { votes, oneDotEach }
      const dots = presses.reduce<{ topicId: string; dots: number }[]>(
        (before, [id, step]) => withDot(before, id, step, options),
        [],
      )
      expect(sumOf(dots)).toBeLessThanOrEqual(votes)
      expect(dots.every((given) => given.dots >= 1 && given.dots <= (oneDotEach ? 1 : votes))).toBe(true)
    }),
  )
})

it('L27: nobody is waited for in vain: somebody is done, and so is everybody who is there', () => {
  expect(everybodyDone([], [])).toBe(false)
  expect(everybodyDone(['ben', 'cleo'], ['ben'])).toBe(false)
  expect(everybodyDone(['ben'], ['ben', 'cleo'])).toBe(true)
})

it('L28: the spread is told from three votes on, with a sentence about doubts', () => {
  const steps = (...given: number[]) =>
    countBallots(
      given.map((step) => cast({}, step)),
      CONFIDENCE,
      [],
    )
  expect(steps(1, 5).spread).toBeNull()
  expect(spreadInWords(steps(1, 5))).toContain('would tell who gave what')
  expect(steps(2, 4, 4).spread).toEqual([0, 1, 0, 2, 0])
  expect([steps(2, 4, 4), steps(3, 4, 5), steps(4, 4, 5), steps()].map(spreadInWords)).toEqual([
    '1 of 3 has doubts. What is missing? Whoever likes to say it raises a hand.',
    'All 3 can at least live with it.',
    'All 3 stand behind it.',
    'Nobody voted.',
  ])
})

const counted = (id: string, revealedAt: string | null, dots: Record<string, number>) => ({
  ...{ id, kind: 'vote' as const, revealedAt, options: {}, discussion: null },
  count: revealedAt === null ? null : { voters: 1, dots: cast(dots).dots, spread: null },
})

it('L29: topics are taken by the dots of the latest vote, else as they stand', () => {
  const names = (blocks: ReturnType<typeof counted>[]) =>
    topicOrder(blocks, TOPICS).map((one) => [one.topic.id, one.dots])
  expect(names([])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
  ])
  const [early, late] = [
    counted('v', '2026-11-24T12:00:00Z', { a: 3 }),
    counted('w', '2026-11-24T13:00:00Z', { c: 2, b: 2 }),
  ]
  expect(names([late, early])).toEqual([
    ['b', 2],
    ['c', 2],
    ['a', 0],
  ])
})

it('L29: what is talked about are the topics of the writing that was revealed last, and added lines', () => {
  const write = (id: string, revealedAt: string | null) => ({ id, kind: 'write' as const, revealedAt })
  const topics = [topic('old', 0, 'w1'), topic('new', 1, 'w2'), topic('line', 2)]
  const ids = (blocks: ReturnType<typeof write>[]) => topicsAtHand(blocks, topics).map(({ id }) => id)
  expect(ids([write('w1', '2026-11-24T12:00:00Z'), write('w2', '2026-11-24T12:30:00Z')])).toEqual([
    'new',
    'line',
  ])
  expect(ids([write('w1', '2026-11-24T12:00:00Z'), write('w2', null)])).toEqual(['old', 'line'])
})

it('L29: the next topic is what the facilitator chose, else the first nobody talked about', () => {
  const order = TOPICS.map((one) => ({ topic: one }))
  const next = (topicId: string | null, nextId: string | null, discussed: string[]) =>
    nextTopic({ topicId, nextId, discussed }, order)?.id
  expect(next(null, null, [])).toBe('a')
  expect(next('a', null, [])).toBe('b')
  expect(next('a', 'c', [])).toBe('c')
  expect(next('b', 'gone', ['a'])).toBe('c')
  expect(next('c', null, ['a', 'b'])).toBeUndefined()
})

it('L29: the majority of those who answered decides, a tie is no majority, and silence decides nothing', () => {
  const said = (...all: boolean[]) => decides(all.map((goOn) => ({ goOn })))
  expect([said(true), said(true, false), said(true, true, false), said()]).toEqual([
    true,
    false,
    true,
    undefined,
  ])
})

it('L29: a topic has its minutes, but no more than are left of the block', () => {
  expect(topicSeconds({}, 1440)).toBe(480)
  expect(topicSeconds({ minutesEach: 5 }, 200.2)).toBe(201)
  expect(topicSeconds({ minutesEach: 5 }, 30)).toBe(300)
})

it('L29: a topic stands still with its block, and time that is up stays up', () => {
  const now = new Date('2026-11-24T12:00:00Z')
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString()
  const paused = withBlock({ endsAt: at(90), left: null }, { endsAt: null, left: 300 }, now)
  expect(paused).toEqual({ endsAt: null, left: 90 })
  expect(withBlock(paused, { endsAt: at(300), left: null }, now)).toEqual({ endsAt: at(90), left: null })
  const over = { endsAt: null, left: 0 }
  expect(withBlock(over, { endsAt: at(300), left: null }, now)).toEqual(over)
})

it('L29: parked is what was there to be discussed and was not', () => {
  const discussion = {
    ...{ topicId: 'b', timer: { endsAt: null, left: 5 }, extended: 0, asking: false, answered: [] },
    ...{ nextId: null, discussed: ['a'] },
  }
  const plain = { id: 'd', kind: 'discuss' as const, revealedAt: null, count: null, options: {} }
  const ids = (blocks: Parameters<typeof parkedTopics>[0]) =>
    parkedTopics(blocks, TOPICS).map((one) => one.topic.id)
  expect(ids([{ ...plain, discussion }])).toEqual(['c'])
  expect(ids([{ ...plain, discussion: null }])).toEqual([])
  expect(ids([{ ...plain, discussion: null, options: { byTopic: true } }])).toEqual(['a', 'b', 'c'])
})
