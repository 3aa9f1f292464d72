import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Offline } from '#lib/api.ts'
import type { MySlip, SlipDraft } from '#shared/slips.ts'
import type { Shelf } from './kept-answer.svelte.ts'
import { KeptSlip } from './kept-slip.svelte.ts'

// Runes are compiled for the browser; here a state is a plain field.
const state = <Value>(value?: Value) => value
beforeEach(() => {
  vi.stubGlobal('$state', Object.assign(state, { raw: state }))
  vi.useFakeTimers()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function shelfWith(stored = new Map<string, string>()): Shelf {
  return {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => void stored.set(key, value),
    removeItem: (key) => void stored.delete(key),
  }
}
const server = (put: SlipDraft[]) => (draft: SlipDraft) => {
  put.push(draft)
  return Promise.resolve<MySlip>({ ...draft, opened: false })
}
const open = (put: (draft: SlipDraft) => Promise<MySlip>, shelf: Shelf) =>
  new KeptSlip({ blockId: 'block', receiverId: 'cleo', shelfKey: 'slip', kept: undefined }, put, shelf)

it('L15: what was typed offline is there after a reload, and is sent once with its old id', async () => {
  const shelf = shelfWith()
  const before = open(() => Promise.reject(new Offline()), shelf)
  before.write('situation', 'On Tuesday')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(before.keeping).toBe('on this device')

  const put: SlipDraft[] = []
  const after = open(server(put), shelf)
  after.restore()
  expect(after.words.situation).toBe('On Tuesday')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(after.keeping).toBe('saved')
  expect(put).toMatchObject([{ receiverId: 'cleo', words: { situation: 'On Tuesday' }, sent: false }])
  expect(shelf.getItem('slip')).toBeNull()
})

it('L23: nothing goes before all three things are said; then it does, and can be taken back', async () => {
  const put: SlipDraft[] = []
  const slip = open(server(put), shelfWith())
  slip.write('situation', 'On Tuesday')
  slip.send()
  expect([slip.missing, slip.sent]).toEqual(['behaviour', false])
  slip.write('behaviour', 'You asked twice.')
  slip.write('impact', 'I dared to speak.')
  slip.send()
  await vi.advanceTimersByTimeAsync(10)
  expect(put.at(-1)?.sent).toBe(true)
  slip.takeBack()
  await vi.advanceTimersByTimeAsync(10)
  expect(put.at(-1)).toMatchObject({ sent: false, words: { impact: 'I dared to speak.' } })
})
