import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readGuide } from '#server/guide/read-guide.ts'
import { LONGEST_PROMPT, type BlockKind, type PlanOptions } from '#shared/guide.ts'
import type { Room } from '#shared/live.ts'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
]
const WAITS = { timeout: 20_000 }

let instance: Instance
let browser: Browser

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

it(
  'L50: the wall shows the clock, the count and the code under the longest prompts, on every projector',
  { timeout: 240_000 },
  async () => {
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' })
    const { slug } = await ask<{ slug: string }>(context, 'POST', '/api/sample', {})
    const longest = [...readGuide().templates.values()]
      .flatMap(({ blocks }) => blocks.map(({ prompt }) => prompt))
      .reduce((one, other) => (other.length > one.length ? other : one))
    const sentence = 'Think of the last time that somebody told you something that you did not want to hear. '
    const allowed = sentence.repeat(LONGEST_PROMPT / sentence.length).trimEnd()
    const block = (kind: BlockKind, prompt: string, options: PlanOptions = {}) => ({
      ...{ id: randomUUID(), kind, title: 'Together', minutes: 10, prompt, notes: '', options },
    })
    const plan = [
      block('write', longest),
      block('write', longest, { anonymous: true, groupTogether: true }),
      block('write', allowed),
      block('vote', allowed, { confidence: true }),
      block('close', allowed, { closing: 'plus-delta' }),
    ]
    const id = randomUUID()
    const { planVersion } = await ask<{ planVersion: string }>(
      context,
      'POST',
      `/api/groups/${slug}/sessions`,
      { id, title: 'The wall', startsAt: new Date(Date.now() + 60_000).toISOString(), minutes: 90 },
    )
    await ask(context, 'PUT', `/api/sessions/${id}/plan`, { blocks: plan, basedOn: planVersion })
    await ask(context, 'POST', `/api/sessions/${id}/room/open`, {})

    const page = await context.newPage()
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto(`${instance.origin}/room/${id}?view=stage`)
    const { view } = await ask<Room>(context, 'GET', `/api/sessions/${id}/room`)
    const code = page.getByText(`${view.door.code?.slice(0, 3) ?? ''} ${view.door.code?.slice(3) ?? ''}`)
    let from: string | null = null
    for (const { id: blockId, kind, prompt, options } of plan) {
      await ask(context, 'POST', `/api/sessions/${id}/room/blocks/${blockId}/start`, {
        id: randomUUID(),
        from,
      })
      from = blockId
      const count = page.getByText(
        options.anonymous
          ? /nobody is done yet/i
          : kind === 'vote'
            ? /\d+\s+(has|have)\s+voted/
            : /\d+\s+(has|have)\s+written/,
      )
      await count.waitFor(WAITS)
      for (const screen of SCREENS) {
        await page.setViewportSize(screen)
        const where = `${kind} at ${String(screen.width)}`
        for (const seen of [page.getByRole('timer'), count, code])
          await expect.poll(() => inSight(seen), { ...WAITS, message: where }).toBe(true)
        const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
        expect(over, where).toBe(0)
        // What the guide asks is read as a whole.
        if (prompt === longest)
          expect(await inSight(page.getByText('What was never asked?')), where).toBe(true)
      }
    }
    await expectAccessible(page)
    await context.close()
  },
)

/** Whether nothing of it is cut, by the screen or by what it stands in. */
const inSight = (one: Locator): Promise<boolean> =>
  one.evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        new IntersectionObserver(([entry], observer) => {
          observer.disconnect()
          resolve((entry?.intersectionRatio ?? 0) > 0.97)
        }).observe(element)
      }),
  )

async function ask<Answer = unknown>(
  context: BrowserContext,
  method: string,
  path: string,
  data?: object,
): Promise<Answer> {
  const answer = await context.request.fetch(`${instance.origin}${path}`, {
    method,
    headers: { origin: instance.origin },
    ...(data && { data }),
  })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as Answer
}
