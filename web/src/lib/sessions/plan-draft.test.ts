import { expect, it, vi } from 'vitest'
import type { Session } from '#shared/sessions.ts'
import { PlanDraft, type Shelf } from './plan-draft.svelte.ts'
import { planQuestions } from './plan-questions.ts'

// Nothing renders here, so what a page would watch is a plain value.
vi.stubGlobal('$state', (value: unknown) => value)

const block = (id: string, kind: Session['blocks'][number]['kind'], minutes: number) => ({
  id,
  kind,
  title: id,
  minutes,
  prompt: '',
  notes: '',
  options: {},
})
const session = {
  id: 'session',
  startsAt: '2026-11-24T16:30:00Z',
  endsAt: '2026-11-24T17:30:00Z',
  planVersion: 'one',
  blocks: [block('check-in', 'check-in', 10), block('talk', 'discuss', 30), block('close', 'close', 5)],
} as Session

function shelf(): Shelf {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

const ids = (plan: PlanDraft) => plan.blocks.map(({ id }) => id)

it('moves blocks, and stops at both ends', () => {
  const plan = new PlanDraft(session)
  plan.move('talk', -1)
  expect(ids(plan)).toEqual(['talk', 'check-in', 'close'])
  plan.move('talk', -1)
  plan.move('close', 1)
  expect(ids(plan)).toEqual(['talk', 'check-in', 'close'])
})

it('takes a removal back, to where it was', () => {
  const plan = new PlanDraft(session)
  plan.remove('talk')
  expect(ids(plan)).toEqual(['check-in', 'close'])
  plan.undo()
  expect(ids(plan)).toEqual(['check-in', 'talk', 'close'])
  expect(plan.changed).toBe(false)
})

it('adds a block before the close, and says when the plan runs over', () => {
  const plan = new PlanDraft(session)
  const added = plan.add('discuss', 'More')
  expect(ids(plan)).toEqual(['check-in', 'talk', added?.id, 'close'])
  expect(plan.sentence).toBe('55 of 60 minutes, 5 spare')
  plan.add('break', 'Break', { minutes: 10 })
  expect(plan.over).toBe(5)
  expect(plan.sentence).toContain('take out 5')
})

it('keeps unsaved changes over a reload, and forgets them once they are saved', () => {
  const kept = shelf()
  const before = new PlanDraft(session, kept)
  before.remove('talk')
  before.keep()

  // A reload loads the same session, into a page that looks for what was kept before it takes anything over.
  const after = new PlanDraft(session, kept)
  after.restore()
  expect(ids(after)).toEqual(['check-in', 'close'])
  expect(after.restored).toBe(true)

  after.take({ ...session, planVersion: 'two', blocks: session.blocks.slice(0, 1) })
  const last = new PlanDraft(session, kept)
  last.restore()
  expect(last.restored).toBe(false)
})

it('takes up open questions as one talk, and lets them go when it is removed', () => {
  const plan = new PlanDraft(session)
  const questions = [
    { threadId: 'a', question: '**Why** did\nit work?\n\nI wonder.' },
    { threadId: 'b', question: '> And here?' },
  ]
  expect(planQuestions(plan, questions)).toBe(2)
  const talk = plan.blocks.find(({ title }) => title === 'Open questions')
  expect(talk).toMatchObject({ kind: 'discuss', minutes: 10, prompt: '• Why did it work?\n• And here?' })
  expect(plan.takenUp).toEqual(['a', 'b'])
  expect(planQuestions(plan, questions)).toBe(0)
  plan.remove(talk?.id ?? '')
  expect(plan.takenUp).toEqual([])
})
