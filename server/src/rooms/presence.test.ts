import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Frame } from '#shared/rooms.ts'
import type { Hint } from './hints.ts'
import { openPresence, type Presence } from './presence.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Process = Presence & { frames: Frame[] }

/** Processes that hear each other, but for the hints that are lost. */
function openProcesses(count: number): Process[] & { loses: boolean } {
  const all: Process[] & { loses: boolean } = Object.assign([], { loses: false })
  for (let at = 0; at < count; at += 1) {
    const frames: Frame[] = []
    const send = (hint: Hint) => {
      if (!all.loses) for (const one of all) one.hear(hint)
    }
    const tell = (_room: string, frame: string) => frames.push(JSON.parse(frame) as Frame)
    all.push({ ...openPresence(send, tell), frames })
  }
  return all
}

const one = (frame: string) => (JSON.parse(frame) as Extract<Frame, { type: 'presence' }>).accountIds
const everywhere = (process: Presence | undefined) => process && [...process.list()].flat()[0]?.everywhere

it('tells a newcomer who is there, and everybody who came and who went, in few frames', () => {
  const [process] = openProcesses(1)
  if (!process) throw new Error('No process.')
  expect(one(process.join('room', 'ada'))).toEqual([])
  process.join('room', 'ben')
  vi.advanceTimersByTime(500)
  expect(one(process.join('room', 'cleo'))).toEqual(['ada', 'ben'])
  process.leave('room', 'ben')
  vi.advanceTimersByTime(500)
  expect(process.frames).toEqual([
    { type: 'presence-changed', came: ['ada', 'ben'], gone: [] },
    { type: 'presence-changed', came: ['cleo'], gone: ['ben'] },
  ])
})

it('tells nobody of a page that is loaded again, and of the last socket only', () => {
  const [process] = openProcesses(1)
  if (!process) throw new Error('No process.')
  process.join('room', 'ada')
  vi.advanceTimersByTime(500)
  process.leave('room', 'ada')
  process.join('room', 'ada')
  process.join('room', 'ada')
  process.leave('room', 'ada')
  vi.advanceTimersByTime(500)
  expect(process.frames).toHaveLength(1)
})

it('knows who is connected to other processes, more than fit into one hint, and forgets a process that is silent', () => {
  const all = openProcesses(2)
  const [one, other] = all
  const crowd = Array.from({ length: 400 }, (_, at) => `guest ${String(at).padStart(3, '0')}`)
  one?.join('room', 'ada')
  for (const guest of crowd) other?.join('room', guest)
  vi.advanceTimersByTime(500)
  one?.look()
  other?.look()
  vi.advanceTimersByTime(500)
  expect(everywhere(one)).toEqual(['ada', ...crowd])
  expect(everywhere(other)).toEqual(['ada', ...crowd])

  other?.leave('room', crowd[7] ?? '')
  vi.advanceTimersByTime(500)
  expect(everywhere(one)).toHaveLength(400)
  expect(one?.frames.at(-1)).toEqual({ type: 'presence-changed', came: [], gone: ['guest 007'] })

  all.loses = true
  vi.advanceTimersByTime(7_000)
  one?.look()
  vi.advanceTimersByTime(500)
  expect(everywhere(one)).toEqual(['ada'])
})

it('does not whisper while nobody listens', () => {
  const hints: Hint[] = []
  const alone = openPresence(
    (hint) => void hints.push(hint),
    () => undefined,
  )
  alone.join('room', 'ada')
  vi.advanceTimersByTime(500)
  alone.look()
  expect(hints.every(({ type }) => type === 'process')).toBe(true)
})
