import { setTimeout as wait } from 'node:timers/promises'

const SETTLES = 500

/**
 * A bench asks how much memory its server holds: what JavaScript holds and what hangs on it. What waits to be thrown away is
 * thrown away before. The resident size says little here: it stays where starting has once taken it.
 */
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
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
