import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Offline } from '#lib/api.ts'
import type { AnswerDraft, MyAnswer } from '#shared/live.ts'
import { Refusal } from '#shared/refusals.ts'
import { KeptAnswer, type Shelf } from './kept-answer.svelte.ts'

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

function shelfOf(things = new Map<string, string>()): Shelf & { things: Map<string, string> } {
  return {
    things,
    getItem: (key) => things.get(key) ?? null,
    setItem: (key, value) => void things.set(key, value),
    removeItem: (key) => void things.delete(key),
  }
}

/** A server that keeps the later of two texts, and can be cut off. */
function serverOf() {
  const server = {
    kept: undefined as MyAnswer | undefined,
    refusal: undefined as Error | undefined,
    sent: [] as AnswerDraft[],
    put: (draft: AnswerDraft): Promise<MyAnswer> => {
      if (server.refusal) return Promise.reject(server.refusal)
      server.sent.push(draft)
      if (!server.kept || server.kept.revision < draft.revision) server.kept = { ...draft }
      return Promise.resolve(server.kept)
    },
  }
  return server
}

const open = (server: ReturnType<typeof serverOf>, shelf: Shelf) =>
  new KeptAnswer({ blockId: 'b', key: 'k', kept: server.kept }, server.put, shelf)
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('L15: what is typed is on the device at once, sent a moment later, and then off the device', async () => {
  const [server, shelf] = [serverOf(), shelfOf()]
  const answer = open(server, shelf)
  answer.write('S')
  answer.write('She asks')
  expect(shelf.things.size).toBe(1)
  expect(answer.keeping).toBe('saving')
  await wait(1_000)
  expect(server.sent.map(({ body }) => body)).toEqual(['She asks'])
  expect(answer.keeping).toBe('saved')
  expect(shelf.things.size).toBe(0)
})

it('L15: without a line it waits, also over a reload, and is sent once there is one', async () => {
  const [server, shelf] = [serverOf(), shelfOf()]
  server.refusal = new Offline()
  const before = open(server, shelf)
  before.write('She asks before she tells.')
  await wait(1_000)
  expect(before.keeping).toBe('on this device')

  const after = open(server, shelf)
  after.restore()
  expect(after.body).toBe('She asks before she tells.')
  server.refusal = undefined
  after.flush()
  await wait(10)
  expect(server.kept?.body).toBe('She asks before she tells.')
  expect(after.keeping).toBe('saved')
})

it('L15: words typed while others are on their way follow them', async () => {
  const [server, shelf] = [serverOf(), shelfOf()]
  const answer = open(server, shelf)
  const first = Promise.withResolvers<undefined>()
  const slow = new KeptAnswer(
    { blockId: 'b', key: 'k', kept: undefined },
    async (draft) => {
      if (server.sent.length === 0) await first.promise
      return server.put(draft)
    },
    shelf,
  )
  slow.write('One')
  await wait(900)
  slow.write('One, two')
  first.resolve(undefined)
  await wait(2_000)
  expect(server.kept?.body).toBe('One, two')
  expect(slow.keeping).toBe('saved')
  expect(answer.body).toBe('')
})

it('L15: what came after the reveal is turned down, and the text stays', async () => {
  const [server, shelf] = [serverOf(), shelfOf()]
  const answer = open(server, shelf)
  server.refusal = new Refusal('conflict', 'The answers were revealed already.')
  answer.write('Too late, but mine.')
  await wait(1_000)
  expect(answer).toMatchObject({
    keeping: 'refused',
    problem: 'The answers were revealed already.',
    body: 'Too late, but mine.',
  })
})

it('L15: of two devices neither overwrites the other; I choose', async () => {
  const server = serverOf()
  const [phone, laptop] = [open(server, shelfOf()), open(server, shelfOf())]
  phone.write('From')
  phone.write('From the phone')
  await wait(1_000)
  laptop.write('From the laptop')
  await wait(1_000)
  expect(laptop.other?.body).toBe('From the phone')
  expect(server.kept?.body).toBe('From the phone')
  laptop.keepMine()
  await wait(1_000)
  expect(server.kept?.body).toBe('From the laptop')
})

it('L15: too long a text is not sent, says so, and is saved once it is shorter', async () => {
  const [server, shelf] = [serverOf(), shelfOf()]
  const answer = open(server, shelf)
  answer.write('x'.repeat(4_120))
  await wait(1_000)
  expect(answer.problem).toContain('4,120')
  expect(server.sent).toHaveLength(0)
  answer.write('Short.')
  await wait(1_000)
  expect(answer.keeping).toBe('saved')
})

it('L15: “Done” asks for words first', () => {
  const answer = open(serverOf(), shelfOf())
  answer.finish()
  expect(answer).toMatchObject({ done: false, problem: 'Write something first, even a single sentence.' })
})
