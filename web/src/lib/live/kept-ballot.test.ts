import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Offline } from '#lib/api.ts'
import type { BallotDraft, MyBallot } from '#shared/ballots.ts'
import { Refusal } from '#shared/refusals.ts'
import { KeptBallot } from './kept-ballot.svelte.ts'

// Runes are compiled for the browser; here a state is a plain field.
const state = <Value>(value?: Value) => value
beforeEach(() => vi.stubGlobal('$state', Object.assign(state, { raw: state })))
afterEach(() => vi.unstubAllGlobals())

/** A device with its storage, and a server that can be out of reach. */
function openDevice() {
  const stored = new Map<string, string>()
  const shelf = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  const sent: BallotDraft[] = []
  let answer: (draft: BallotDraft) => Promise<MyBallot> = (draft) => Promise.resolve(draft)
  const load = (kept?: MyBallot) =>
    new KeptBallot(
      { blockId: 'vote', key: 'mine', kept },
      (draft) => {
        sent.push(draft)
        return answer(draft)
      },
      shelf,
    )
  return {
    stored,
    sent,
    load,
    answerWith: (next: typeof answer) => {
      answer = next
    },
  }
}

const offline = () => Promise.reject(new Offline())

it('L27: a vote that could not be sent is on the device, and is sent after a reload', async () => {
  const device = openDevice()
  device.answerWith(offline)
  const before = device.load()
  before.choose({ step: 4, done: true })
  await vi.waitFor(() => expect(before.keeping).toBe('waiting'))

  device.answerWith((draft) => Promise.resolve(draft))
  const after = device.load()
  after.restore()
  expect([after.step, after.done]).toEqual([4, true])
  await vi.waitFor(() => expect(after.keeping).toBe('kept'))
  expect(device.sent.at(-1)).toMatchObject({ step: 4, done: true, revision: 1 })
  expect(device.stored.size).toBe(0)
})

it('L27: what the server has is not on the device any more, nor what it turned down or another device said later', async () => {
  const device = openDevice()
  const ballot = device.load()
  ballot.choose({ step: 2 })
  await vi.waitFor(() => expect(ballot.keeping).toBe('kept'))
  expect(device.stored.size).toBe(0)

  device.answerWith(() => Promise.reject(new Refusal('conflict', 'The votes are counted.')))
  ballot.choose({ step: 5 })
  await vi.waitFor(() => expect(ballot.keeping).toBe('refused'))
  expect(device.stored.size).toBe(0)

  device.stored.set('mine', JSON.stringify({ dots: [], step: 1, done: false, revision: 3 }))
  const later = device.load({ blockId: 'vote', dots: [], step: 5, done: true, revision: 7 })
  later.restore()
  expect(later.step).toBe(5)
  expect(device.stored.size).toBe(0)
})
