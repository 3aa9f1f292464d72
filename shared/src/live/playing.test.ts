import { expect, it } from 'vitest'
import { correction, DRIFT, lineAt, momentIn, moved } from './playing.ts'

const START = '2026-11-22T09:00:00.000Z'
const after = (seconds: number) => new Date(Date.parse(START) + seconds * 1000)
const part = { start: 600, end: 660 }

it('L32: whoever knows the clock knows the moment, and the part pauses itself at its end', () => {
  const playing = { position: 610, since: START }
  expect(momentIn(part, playing, after(5).getTime())).toEqual({ position: 615, playing: true, over: false })
  expect(momentIn(part, playing, after(90).getTime())).toEqual({ position: 660, playing: false, over: true })
  expect(momentIn(part, null, after(90).getTime())).toEqual({ position: 600, playing: false, over: false })
  expect(momentIn({ start: 5 }, { position: 9, since: null }, after(90).getTime())).toMatchObject({
    position: 9,
  })
})

it('L32: it pauses where it is, goes back no further than its start, and begins anew after its end', () => {
  const playing = { position: 600, since: START }
  expect(moved(part, playing, { playing: false, position: null }, after(20))).toEqual({
    position: 620,
    since: null,
  })
  expect(moved(part, playing, { playing: true, position: 585 }, after(5))).toEqual({
    position: 600,
    since: after(5).toISOString(),
  })
  expect(moved(part, playing, { playing: true, position: null }, after(90))).toEqual({
    position: 600,
    since: after(90).toISOString(),
  })
})

it('L32: a device catches up unheard, jumps when it is far off, and rests when it is in step', () => {
  expect(correction(DRIFT / 2, false)).toEqual({ rate: 1, jump: false })
  expect(correction(1, false).rate).toBeGreaterThan(1)
  expect(correction(-1, false).rate).toBeLessThan(1)
  expect(correction(DRIFT / 2, true).rate).toBeGreaterThan(1)
  expect(correction(0.05, true)).toEqual({ rate: 1, jump: false })
  expect(correction(30, false)).toEqual({ rate: 1, jump: true })
})

it('L32: the line of now is the last that has begun', () => {
  const lines = [{ start: 600 }, { start: 604 }]
  expect(lineAt(lines, 599)).toBeUndefined()
  expect(lineAt(lines, 603)).toBe(lines[0])
  expect(lineAt(lines, 640)).toBe(lines[1])
})
