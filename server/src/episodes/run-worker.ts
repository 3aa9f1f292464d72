import { Worker } from 'node:worker_threads'
import { Refusal } from '#shared/refusals.ts'

/**
 * Does something with untrusted data in a thread of its own, which is ended when it takes too long or too much memory.
 * @param name of a worker beside this file, which answers its `workerData` with one message.
 */
export async function runWorker<Answer>(
  name: 'reader-worker.ts' | 'artwork-worker.ts',
  task: unknown,
  { wait, megabytes, tooMuch }: { wait: number; megabytes: number; tooMuch: () => Refusal },
): Promise<Answer> {
  const worker = new Worker(new URL(name, import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => reject(tooMuch()), wait)
  worker.once('message', resolve)
  worker.once('error', (problem: NodeJS.ErrnoException) =>
    reject(problem.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : problem),
  )
  worker.once('exit', () => reject(new Error(`${name} ended without an answer`)))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
