import { describe, expect, it } from 'vitest'
import type { TemplateBlock } from './guide.ts'
import {
  blocksFromChapters,
  fitPlan,
  planMinutes,
  planOfEpisode,
  roomForQuestion,
  sayPlan,
  spareMinutes,
} from './session-plan.ts'

const minutes = (...all: number[]) => all.map((one) => ({ minutes: one }))
const hour = { startsAt: '2026-11-24T16:30:00Z', endsAt: '2026-11-24T17:30:00Z' }
const chapter = (start: number, title: string) => ({ start, title })
const block = (kind: TemplateBlock['kind'], length: number): TemplateBlock => ({
  kind,
  title: kind,
  minutes: length,
  prompt: 'Say it.',
  notes: 'Listen.',
})

describe('a plan', () => {
  it('adds up against the end of the session', () => {
    expect(planMinutes(minutes(8, 5, 10))).toBe(23)
    expect(spareMinutes(hour, minutes(30, 26))).toBe(4)
    expect(spareMinutes(hour, minutes(30, 35))).toBe(-5)
  })

  it('is said in a sentence that says what to do', () => {
    expect(sayPlan(56, 60)).toBe('56 of 60 minutes, 4 spare')
    expect(sayPlan(60, 60)).toBe('60 of 60 minutes, none spare')
    expect(sayPlan(65, 60)).toContain('take out 5')
  })

  it('is made shorter in proportion, never to nothing', () => {
    expect(fitPlan(minutes(10, 20), 60)).toEqual(minutes(10, 20))
    expect(fitPlan(minutes(40, 20), 30)).toEqual(minutes(20, 10))
    expect(fitPlan(minutes(1, 1, 100), 10)).toEqual(minutes(1, 1, 8))
    expect(fitPlan(minutes(5, 5, 5), 2)).toBeUndefined()
  })

  it('fills exactly the minutes there are, whatever they are', () => {
    for (let available = 3; available < 60; available += 1) {
      expect(planMinutes(fitPlan(minutes(7, 13, 60), available) ?? [])).toBe(available)
    }
  })
})

describe('room for one more question', () => {
  it('takes what is spare, ten minutes at most', () => {
    expect(roomForQuestion([block('discuss', 30)], 30)).toEqual({ minutes: 10 })
    expect(roomForQuestion([block('discuss', 53)], 7)).toEqual({ minutes: 7 })
  })

  it('takes five minutes from the longest block of a full plan, never from the closing ones', () => {
    const plan = [block('check-in', 8), block('discuss', 22), block('commit', 25), block('close', 5)]
    expect(roomForQuestion(plan, 0)).toEqual({ minutes: 5, gives: { from: plan[1], minutes: 17 } })
    expect(roomForQuestion(plan, 3)).toEqual({ minutes: 5, gives: { from: plan[1], minutes: 20 } })
  })

  it('finds none where every block is short', () => {
    expect(roomForQuestion([block('discuss', 9), block('close', 51)], 0)).toBeUndefined()
    expect(roomForQuestion([], 0)).toBeUndefined()
  })
})

describe('chapters', () => {
  const chapters = [
    chapter(0, 'Welcome.'),
    chapter(120, 'The dip'),
    chapter(900, 'Asking'),
    chapter(1800, 'End'),
  ]

  it('become talks that fill the time', () => {
    const talks = blocksFromChapters(chapters, 33, 2400)
    expect(talks.map((talk) => talk.minutes)).toEqual([9, 8, 8, 8])
    expect(talks[0]).toMatchObject({
      kind: 'discuss',
      title: 'Welcome',
      options: { part: { start: 0, end: 120 } },
    })
    expect(talks[3]?.options.part).toEqual({ start: 1800, end: 2400 })
    expect(talks[1]?.prompt).toContain('The dip')
  })

  it('are joined while there is too little time for each', () => {
    const talks = blocksFromChapters(chapters, 17)
    expect(talks.map(({ title }) => title)).toEqual(['“Welcome” and “The dip”', '“Asking” and “End”'])
    expect(talks[1]?.options.part).toEqual({ start: 900 })
    expect(planMinutes(talks)).toBe(17)
  })

  it('are named by the first and the last of many', () => {
    expect(blocksFromChapters(chapters, 5)[0]?.title).toBe('From “Welcome” to “End”')
  })

  it('give no talk when there are none, and one when there is hardly time', () => {
    expect(blocksFromChapters([], 20)).toEqual([])
    expect(blocksFromChapters(chapters, 3)).toHaveLength(1)
  })

  it('never make a title or a prompt too long', () => {
    const many = Array.from({ length: 200 }, (_, index) => chapter(index, 'word '.repeat(30)))
    for (const talk of blocksFromChapters(many, 20)) {
      expect(talk.title.length).toBeLessThanOrEqual(200)
      expect(talk.prompt.length).toBeLessThanOrEqual(2000)
    }
  })

  it('stand where the template talks about the episode, and what is around them stays', () => {
    const template = [
      block('check-in', 10),
      block('write', 5),
      block('vote', 5),
      block('listen', 5),
      block('discuss', 20),
      block('commit', 10),
      block('close', 5),
    ]
    const plan = planOfEpisode(template, chapters, 60, 2400) ?? []
    expect(plan.map(({ kind }) => kind)).toEqual([
      'check-in',
      'write',
      'discuss',
      'discuss',
      'discuss',
      'commit',
      'close',
    ])
    expect(planMinutes(plan)).toBe(60)
    expect(planOfEpisode(template, [], 60)).toEqual(template)
    expect(planMinutes(planOfEpisode(template, chapters, 30) ?? [])).toBe(30)
    expect(planOfEpisode(template, chapters, 5)).toBeUndefined()
  })
})
