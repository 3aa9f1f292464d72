import { parentPort, workerData } from 'node:worker_threads'
import { readFeed } from './feed.ts'
import type { ReaderTask } from './read-in-worker.ts'
import { readPreview } from './read-preview.ts'

// Untrusted text that may take a while to read, away from the thread that answers everybody.
const task = workerData as ReaderTask
parentPort?.postMessage(
  task.kind === 'feed' ? readFeed(task.text, task.item) : readPreview(task.text, task.fileName),
)
