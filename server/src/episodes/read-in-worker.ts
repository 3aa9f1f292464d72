import pLimit from 'p-limit'
import type { EpisodePreview } from '#shared/episodes.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Feed, NoFeed } from './feed.ts'
import { runWorker } from './run-worker.ts'

const LIMITS = {
  wait: 10_000,
  megabytes: 256,
  tooMuch: () => new Refusal('too-large', 'That takes too long to read. Import a part of it instead.'),
}
/** Readings at once; more wait their turn. */
const takeTurn = pLimit(2)

/** What the worker is given, and gives back. */
export type ReaderTask =
  | { readonly kind: 'feed'; readonly text: string; readonly item?: string | undefined }
  | { readonly kind: 'text'; readonly text: string; readonly fileName: string }
type ReaderAnswer = { feed: Feed | NoFeed; text: EpisodePreview }

/** Reads in a thread of its own. */
export function readInWorker<Task extends ReaderTask>(task: Task): Promise<ReaderAnswer[Task['kind']]> {
  return takeTurn(() => runWorker('reader-worker.ts', task, LIMITS))
}
