import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { House } from '../house.ts'

/** The words of a picture, all of them known to everybody. */
export type Picture = {
  /** A line above the title. */
  readonly over: string
  readonly title: string
  readonly next?: string | undefined
  readonly where?: string | undefined
  /** The name of this instance. */
  readonly host: string
}
/** What the worker is given, and gives back. */
export type DrawTask = { id: number; picture: Picture }
export type Drawn = { id: number; png: Uint8Array } | { id: number; problem: string }

/** Counted up when pictures are drawn another way, so that nobody keeps the old ones. */
const STYLE = 1
/** Pictures that are kept, of some 30 kB each. */
const KEPT = 100
/** Pictures that may wait to be drawn; whoever asks for more comes back later. */
const MOST_WAITING = 40
const IDLE = 60_000
const LONGEST_DRAWING = 10_000

export type Pictures = {
  tagOf: (picture: Picture) => string
  draw: (picture: Picture) => Promise<Uint8Array>
  close: () => Promise<void>
}

/** Draws in a thread of its own, which is there while it is needed. What was drawn is kept for the next who asks. */
export function openPictures(): Pictures {
  const kept = new Map<string, Promise<Uint8Array>>()
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>()
  let worker: Worker | undefined
  let tasks = 0
  let idle: NodeJS.Timeout | undefined

  const end = async () => {
    clearTimeout(idle)
    const ended = worker
    worker = undefined
    await ended?.terminate()
  }
  const fail = (problem: Error) => {
    for (const { reject } of waiting.values()) reject(problem)
    waiting.clear()
    void end()
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./picture-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    started.unref()
    started.on('message', (drawn: Drawn) => {
      const asked = waiting.get(drawn.id)
      waiting.delete(drawn.id)
      if ('png' in drawn) asked?.resolve(drawn.png)
      else asked?.reject(new Error(drawn.problem))
    })
    started.on('error', fail)
    return started
  }
  const drawNew = async (picture: Picture): Promise<Uint8Array> => {
    if (waiting.size >= MOST_WAITING) throw new Error('too many pictures wait to be drawn')
    clearTimeout(idle)
    worker ??= start()
    const id = (tasks += 1)
    const asked = Promise.withResolvers<Uint8Array>()
    waiting.set(id, asked)
    worker.postMessage({ id, picture } satisfies DrawTask)
    const late = setTimeout(() => fail(new Error('a picture takes too long')), LONGEST_DRAWING)
    try {
      return await asked.promise
    } finally {
      clearTimeout(late)
      if (waiting.size === 0) idle = setTimeout(() => void end(), IDLE).unref()
    }
  }

  return {
    tagOf,
    draw: (picture) => {
      const tag = tagOf(picture)
      const known = kept.get(tag)
      // Asked for last, forgotten last.
      kept.delete(tag)
      const drawing = known ?? drawNew(picture)
      kept.set(tag, drawing)
      drawing.catch(() => kept.delete(tag))
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
      return drawing
    },
    close: end,
  }
}

const tagOf = (picture: Picture): string =>
  `"${createHash('sha256')
    .update(JSON.stringify([STYLE, picture]))
    .digest('base64url')
    .slice(0, 22)}"`

export const hostOf = ({ config }: House): string => new URL(config.origin).host
