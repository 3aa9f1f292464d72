import { describe, expect, it } from 'vitest'
import {
  countExpected,
  mailTo,
  oneThingNow,
  readinessOf,
  type GroupFacts,
  type NextFacts,
} from './dashboard-rules.ts'

const now = new Date('2026-11-22T09:00:00Z')
const mirela = { id: 'm', name: 'Mirela', email: 'mirela@example.org' }
const jonas = { id: 'j', name: 'Jonas', email: 'jonas@example.org' }

const ready: NextFacts = {
  id: 'next',
  title: 'Leading without authority',
  status: 'scheduled',
  startsAt: '2026-11-24T16:30:00Z',
  endsAt: '2026-11-24T17:30:00Z',
  place: 'Room Elbe',
  onlineLink: null,
  when: 'Tuesday 24 November',
  blocks: [{ minutes: 30 }, { minutes: 26 }],
  members: 8,
  coming: 6,
  guests: 0,
  capacity: null,
  waiting: 0,
  notComing: 2,
  silent: [],
  openQuestions: 0,
  timekeeper: 'Tom',
  couldKeepTime: mirela,
  welcomed: true,
  noted: true,
}
const group: GroupFacts = {
  slug: 'tuesday',
  name: 'Tuesday circle',
  next: ready,
  suggestedDate: 'Tuesday 1 December',
  missed: [],
  neverHeld: null,
  unheard: null,
}
const withNext = (more: Partial<NextFacts>): GroupFacts => ({ ...group, next: { ...ready, ...more } })
const item = (more: Partial<NextFacts>, id: string) =>
  readinessOf(group, { ...ready, ...more }).find((one) => one.id === id)

describe('the readiness list', () => {
  it('is all ticks when the session is ready, with the numbers', () => {
    const items = readinessOf(group, ready)
    expect(items.every((one) => one.ready)).toBe(true)
    expect(items.map(({ text }) => text)).toEqual([
      'Plan fits 60 minutes',
      '6 of 8 are coming',
      'No open question waits in the episode’s threads',
      'Tom keeps time',
      'Somebody welcomes, somebody takes notes',
    ])
    expect(items[0]?.detail).toBe('2 blocks, 4 min spare')
    expect(items[1]?.detail).toBe('2 can’t')
  })

  it('L49: expects everybody over days who did not say that they can’t, and asks nobody to say so first', () => {
    const over = { overDays: true, coming: 1, notComing: 0, silent: [mirela, jonas] }
    expect(readinessOf(group, { ...ready, ...over })).toEqual([
      { id: 'coming', ready: true, text: '8 of 8 are expected', detail: null, action: null },
    ])
    expect(readinessOf(group, { ...ready, ...over, notComing: 7 })).toMatchObject([
      { ready: true, text: '1 of 8 is expected', detail: '7 can’t' },
    ])
    expect(countExpected({ ...ready, ...over, notComing: 2 })).toBe(6)
    expect(countExpected({ ...ready, coming: 5, notComing: 2 })).toBe(5)
    expect(oneThingNow(withNext(over), now)?.action?.label).not.toBe('Ask the silent ones')
  })

  it('says what is missing and where to do it', () => {
    expect(item({ blocks: [{ minutes: 65 }] }, 'plan')).toMatchObject({
      ready: false,
      text: 'The plan is 5 minutes too long',
      action: { href: '/groups/tuesday/sessions/next/plan' },
    })
    expect(item({ blocks: [] }, 'plan')?.text).toBe('There is no plan yet')
    expect(item({ welcomed: false }, 'duties')).toMatchObject({
      ready: false,
      text: 'Nobody welcomes yet',
      action: { href: '/groups/tuesday/rota' },
    })
    expect(item({ welcomed: false, noted: false }, 'duties')?.text).toBe('Nobody welcomes or takes notes yet')
    expect(item({ openQuestions: 2 }, 'questions')).toMatchObject({
      text: 'Two open questions from the episode’s threads',
      action: { label: 'Put into the plan' },
    })
    expect(item({ place: '' }, 'place')?.ready).toBe(false)
    expect(item({ openQuestions: null }, 'questions')).toBeUndefined()
    const asked = item({ timekeeper: null }, 'timekeeper')?.action
    expect(asked?.label).toBe('Ask Mirela (least often so far)')
    expect(asked?.href).toContain('mailto:mirela%40example.org?subject=Leading')
    expect(item({ coming: 2, notComing: 0, silent: [jonas, mirela] }, 'coming')?.action?.href).toContain(
      'mailto:?bcc=jonas%40example.org,mirela%40example.org&',
    )
  })
})

describe('the one thing to do now', () => {
  it('is nothing when all is well', () => {
    expect(oneThingNow(group, now)).toBeNull()
  })

  it('is a date when nothing is scheduled', () => {
    expect(oneThingNow({ ...group, next: null }, now)).toMatchObject({
      id: 'schedule',
      detail: 'By your rhythm the next one would be on Tuesday 1 December.',
    })
  })

  it('is the person who drifts away before a gap in the plan that has time', () => {
    const facts = {
      ...withNext({ startsAt: '2026-12-08T16:30:00Z', endsAt: '2026-12-08T17:30:00Z', blocks: [] }),
      missed: [{ ...jonas, openCommitment: { action: 'ask my manager', session: 'Kickoff' } }],
    }
    expect(oneThingNow(facts, now)).toMatchObject({
      title: 'Jonas has missed two sessions. A short personal line works best.',
      detail: 'The commitment from “Kickoff” is still open: “ask my manager”.',
      action: { label: 'Write to Jonas' },
    })
    expect(oneThingNow(facts, now, new Set(['missed:j']))?.id).toBe('plan:next')
  })

  it('is the plan when the session is near and it does not fit', () => {
    const soon = {
      startsAt: '2026-11-23T16:30:00Z',
      endsAt: '2026-11-23T17:30:00Z',
      blocks: [{ minutes: 90 }],
    }
    const facts = { ...withNext(soon), missed: [{ ...jonas, openCommitment: null }] }
    expect(oneThingNow(facts, now)?.title).toBe('The plan is 30 minutes too long.')
  })

  it('is the room when it is time', () => {
    expect(oneThingNow(withNext({ status: 'live' }), now)?.action.href).toBe('/room/next')
    expect(oneThingNow(group, new Date('2026-11-24T16:10:00Z'))?.id).toBe('room:next')
  })

  it('is one after the other what else helps', () => {
    const id = (facts: GroupFacts) => oneThingNow(facts, now)?.id
    expect(id({ ...group, neverHeld: { id: 'old', title: 'Old' } })).toBe('held:old')
    expect(id(withNext({ openQuestions: 1 }))).toBe('questions:next')
    expect(id(withNext({ silent: [jonas] }))).toBe('silent:next')
    expect(id(withNext({ timekeeper: null }))).toBe('time:next')
    expect(id({ ...group, unheard: jonas })).toBe('heard:j')
  })
})

it('keeps an address from smuggling a header into a mail', () => {
  expect(mailTo([{ ...jonas, email: 'a@b.c?cc=x@y.z' }], 'S & T', 'B')).toBe(
    'mailto:a%40b.c%3Fcc%3Dx%40y.z?subject=S%20%26%20T&body=B',
  )
})
