import { Worker } from 'node:worker_threads'
import pLimit from 'p-limit'
import type { EpisodePreview } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Feed, NoFeed } from './feed.ts'

const WORKER = new URL('./reader-worker.ts', import.meta.url)
const LONGEST_READ = 10_000
/** Readings at once; more wait their turn. */
const takeTurn = pLimit(2)

/** What the worker is given, and gives back. */
export type ReaderTask =
  | { readonly kind: 'feed'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly fileName: string }
type ReaderAnswer = { feed: Feed | NoFeed; text: EpisodePreview }

/** Reads in a thread of its own, which is ended when it takes too long or too much memory. */
export function readInWorker<Task extends ReaderTask>(task: Task): Promise<ReaderAnswer[Task['kind']]> {
  return takeTurn(async () => {
    const worker = new Worker(WORKER, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: 512 } })
    const { promise, resolve, reject } = Promise.withResolvers<ReaderAnswer[Task['kind']]>()
    const tooMuch = () =>
      reject(new Refusal('too-large', 'That takes too long to read. Import a part of it instead.'))
    const timer = setTimeout(tooMuch, LONGEST_READ)
    worker.once('message', resolve)
    worker.once('error', (problem: NodeJS.ErrnoException) =>
      problem.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : reject(problem),
    )
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      await worker.terminate()
    }
  })
}
