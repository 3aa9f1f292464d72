/** How many go together at most. */
const MOST = 100

/**
 * What many ask for at once under one key goes together: one lot is under way, and whoever comes meanwhile is in the next.
 * Nobody waits for company: the first goes at once. When a lot fails, each of it is tried alone, so that nobody fails for
 * what somebody else has sent.
 * @param work  gives one result for each, in the same order
 */
export function together<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (key: string, item: Item) => Promise<Result> {
  type Waiting = { item: Item; resolve: (result: Result) => void; reject: (problem: unknown) => void }
  const queues = new Map<string, Waiting[]>()

  return (key, item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const queue = queues.get(key)
    if (queue) queue.push({ item, resolve, reject })
    else {
      const fresh = [{ item, resolve, reject }]
      queues.set(key, fresh)
      void run(key, fresh)
    }
    return promise
  }

  async function run(key: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await settle(queue.splice(0, MOST))
    queues.delete(key)
  }

  async function settle(lot: Waiting[]): Promise<void> {
    try {
      const results = await work(lot.map(({ item }) => item))
      for (const [at, { resolve }] of lot.entries()) resolve(results[at] as Result)
    } catch (problem) {
      if (lot.length > 1) for (const one of lot) await settle([one])
      else for (const { reject } of lot) reject(problem)
    }
  }
}
