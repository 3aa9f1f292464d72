import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

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

it('loses nothing that is typed and sent before a slow page is alive', async () => {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  const scripts = Promise.withResolvers<undefined>()
  await page.route('**/_app/**/*.js', async (route) => {
    await scripts.promise
    await route.continue()
  })
  await page.goto(`${instance.origin}/sign-up`, { waitUntil: 'commit' })
  await page.getByLabel('Name', { exact: true }).fill('Ada')
  await page.getByLabel('E-mail').fill('ada@example.org')
  await page.getByLabel('Password', { exact: true }).fill('a long enough one')
  await page.keyboard.press('Enter')
  scripts.resolve(undefined)

  await page.waitForURL(`${instance.origin}/`)
  expect(await page.getByText('Ada').first().isVisible()).toBe(true)
})
