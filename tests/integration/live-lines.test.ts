import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { accounts, answers, rooms } from '#db/schema.ts'
import { LONGEST_ANSWER, type LiveEvent } from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { openPods } from '#tests/pods.ts'

const WRITERS = 250
/** Each reveal is a frame of a megabyte: more than the machine keeps for a line that nobody reads. */
const REVEALS = 14

it(
  'L7: whoever reads too slowly is closed out, the others hear everything, and coming back they hear the rest',
  { timeout: 240_000 },
  async () => {
    const story = await openPods()
    const { ada, ben, cleo, app, groupId, house } = story
    const meeting = await story.open(
      Array.from({ length: REVEALS }, () => ({ kind: 'write' as const, minutes: 5, options: {} })),
      [ben, cleo],
    )
    const { params, sessionId, blockIds } = meeting
    const writers = await house.db
      .insert(accounts)
      .values(
        Array.from({ length: WRITERS }, (_, at) => ({
          ...{ name: `Writer ${String(at)}`, email: `writer-${String(at)}@example.org` },
        })),
      )
      .returning({ id: accounts.id })
    for (const blockId of blockIds)
      await house.db.insert(answers).values(
        writers.map(({ id }) => ({
          ...{ groupId, blockId, accountId: id, revision: 1, done: house.now(), writtenAt: house.now() },
          body: 'x'.repeat(LONGEST_ANSWER),
        })),
      )

    const { position, view: before } = await cleo.api.getRoom({ params })
    const steady = await meeting.watch(ben)
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const slow = new WebSocket(
      `ws://127.0.0.1:${String(port)}/api/rooms/${sessionId}/socket?after=${String(position.number)}&epoch=${position.epoch}`,
      { headers: { cookie: cleo.cookie, origin: 'http://localhost:3000' } },
    )
    const closed = Promise.withResolvers<number>()
    const heard: { number: number; event: LiveEvent }[] = []
    slow.on('close', closed.resolve)
    slow.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as { type: string; number: number; event: LiveEvent }
      if (frame.type === 'news') heard.push(frame)
    })
    await new Promise((resolve) => slow.once('message', resolve))
    slow.pause()

    for (const [at, blockId] of blockIds.entries()) {
      await meeting.goTo(at)
      await ada.api.revealAnswers({ params: { ...params, blockId } })
    }
    const { blocks } = await steady.agrees()
    expect(blocks.every(({ answers: all }) => all.length === WRITERS)).toBe(true)

    slow.resume()
    expect(await closed.promise).toBe(4008)
    const last = heard.at(-1)?.number ?? position.number
    const { position: now, view } = await cleo.api.getRoom({ params })
    expect(last).toBeLessThan(now.number)
    const all = heard.map(({ event }) => event)
    // A backlog of megabytes may close the line again; each time it begins where it ended.
    while (all.length < now.number - position.number) {
      const back = await cleo.follow(sessionId, { ...position, number: position.number + all.length })
      const missing = now.number - position.number - all.length
      await Promise.race([
        back.closed,
        vi.waitUntil(() => back.events().length >= missing, { timeout: 60_000 }),
      ])
      back.close()
      await back.closed
      expect(back.events().length).toBeGreaterThan(0)
      all.push(...(back.events() as LiveEvent[]))
    }
    expect(all).toHaveLength(now.number - position.number)
    expect(all.reduce(applyLiveEvent, before)).toEqual(view)
    await steady.close()
  },
)

it('L7: whoever is too far behind, knows another log, or a number that never was, loads the state anew', async () => {
  const story = await openPods()
  const { ben, house } = story
  const { sessionId, params } = await story.open([{ kind: 'write', minutes: 5, options: {} }], [ben])
  const { position } = await ben.api.getRoom({ params })
  const first = async (said: typeof position) => {
    const heard = await ben.follow(sessionId, said)
    await expect
      .poll(() => heard.frames.some(({ type }) => type === 'reset' || type === 'presence'))
      .toBe(true)
    heard.close()
    return heard.frames.some(({ type }) => type === 'reset')
  }
  expect(await first(position)).toBe(false)
  expect(await first({ ...position, epoch: randomUUID() })).toBe(true)
  expect(await first({ ...position, number: position.number + 1 })).toBe(true)

  // A log that went on for very long.
  await house.db
    .update(rooms)
    .set({ number: position.number + 10_001 })
    .where(eq(rooms.id, sessionId))
  expect(await first(position)).toBe(true)
  expect(await first((await ben.api.getRoom({ params })).position)).toBe(false)
})

it('L3: a page learns how far the server’s clock is from its own', async () => {
  const story = await openPods()
  const { ben, house } = story
  const { sessionId, params } = await story.open([{ kind: 'write', minutes: 5, options: {} }], [ben])
  story.pass({ hours: 3 })
  const { position } = await ben.api.getRoom({ params })
  const heard = await ben.follow(sessionId, position)
  const hello = await heard.until('hello')
  expect(hello).toMatchObject({ now: house.now().getTime() })
  heard.close()
})
