import type { BrowserContext, Page } from 'playwright-core'

/** A processor of a quarter of the speed, as in a cheap phone. */
const SLOWER = 4
const STEPS = 80
const STEP = 700

export type Measured = {
  /** When the first words were painted, after the address was asked for. Milliseconds. */
  paint: number
  /** The longest task until the page had come to rest. */
  start: number
  /** The longest task while it was scrolled; browsers tell of those over 50 ms, so 0 is none of them. */
  scroll: number
}

/** Opens a page on a slow processor, waits until it rests, and scrolls through it. */
export async function measurePage(context: BrowserContext, address: string): Promise<Measured> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.addInitScript(() => {
    const tasks: number[] = []
    Object.assign(globalThis, { tasks })
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({
      type: 'longtask',
      buffered: true,
    })
  })
  try {
    await page.goto(address, { waitUntil: 'load' })
    await rest(page)
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
    )
    const start = await longestTask(page)
    await page.mouse.move(300, 400)
    for (let step = 0; step < STEPS; step += 1) {
      await page.mouse.wheel(0, STEP)
      await page.waitForTimeout(60)
    }
    await rest(page)
    return { paint, start, scroll: await longestTask(page) }
  } finally {
    await page.close()
  }
}

/** The longest task since this was asked the last time. */
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { tasks } = globalThis as unknown as { tasks: number[] }
    return Math.max(0, ...tasks.splice(0))
  })

/** Nothing was to do for a second. */
async function rest(page: Page): Promise<void> {
  await page.waitForTimeout(1_000)
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle, { timeout: 5_000 })))
  await page.waitForTimeout(300)
}
