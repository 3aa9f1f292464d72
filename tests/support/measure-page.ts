import type { BrowserContext, Page } from 'playwright-core'

/** A processor of a quarter of the speed, as in a cheap phone. */
const SLOWER = 4
const STEPS = 80
const STEP = 700

/** Milliseconds. Tasks are taken by the time that they have the processor for: what else the machine does is left out. */
export type Measured = {
  /** When the first words were painted, after the address was asked for. */
  paint: number
  /** The longest task of the page while it was scrolled. */
  scroll: number
}

/** Opens a page on a slow processor, waits until it rests, and scrolls through it. */
export async function measurePage(context: BrowserContext, address: string): Promise<Measured> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  try {
    await page.goto(address, { waitUntil: 'load' })
    await rest(page)
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
    )
    await page.mouse.move(300, 400)
    await context.browser()?.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
    for (let step = 0; step < STEPS; step += 1) {
      await page.mouse.wheel(0, STEP)
      await page.waitForTimeout(60)
    }
    await rest(page)
    const trace = await context.browser()?.stopTracing()
    return { paint, scroll: longestTask(trace?.toString() ?? '{}') }
  } finally {
    await page.close()
  }
}

type Traced = { name: string; pid: number; tid: number; tdur?: number; args?: { name?: string } }

/** The longest task of the thread that draws the page, by the time of the processor. */
function longestTask(trace: string): number {
  const { traceEvents = [] } = JSON.parse(trace) as { traceEvents?: Traced[] }
  const drawing = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  return traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && drawing.has(`${pid} ${tid}`))
    .reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1000), 0)
}

/** Nothing was to do for a second. */
async function rest(page: Page): Promise<void> {
  await page.waitForTimeout(1_000)
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle, { timeout: 5_000 })))
  await page.waitForTimeout(300)
}
