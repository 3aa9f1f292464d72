import { setTimeout as wait } from 'node:timers/promises'

const SETTLES = 500

/** A bench asks how much memory its server holds. What waits to be thrown away is thrown away before. */
export function answerMemory(): void {
  process.on('message', () => {
    void weigh().then((bytes) => process.send?.(bytes))
  })
}

async function weigh(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.()
    await wait(SETTLES)
  }
  const { rss } = process.memoryUsage()
  return rss
}
