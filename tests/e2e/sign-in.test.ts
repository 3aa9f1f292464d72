import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
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

/** A browser of somebody's own. */
async function openPage(): Promise<Page> {
  const context = await browser.newContext({
    baseURL: instance.origin,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}
const open = (page: Page, path: string) => page.goto(path, { waitUntil: 'networkidle' })
const password = (page: Page) => page.getByLabel(/^(New p|P)assword$/)

it('lets scripts run only that carry the nonce of their page', async () => {
  const answers = await Promise.all(['/', '/'].map((path) => fetch(`${instance.origin}${path}`)))
  const nonces = await Promise.all(
    answers.map(async (answer) => {
      const policy = answer.headers.get('content-security-policy') ?? ''
      const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      expect(policy).toContain("frame-ancestors 'none'")
      const html = await answer.text()
      const inline = [...html.matchAll(/<script(?![^>]*(src|type="application\/json"))([^>]*)>/g)]
      expect(inline.length).toBeGreaterThan(0)
      for (const [tag] of inline) expect(tag).toContain(`nonce="${nonce}"`)
      expect(html).not.toMatch(/\son\w+="/)
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(2)
})

it('takes a new instance over by keyboard alone, and lets a second person in through the outbox', async () => {
  const olga = await openPage()
  await open(olga, '/')
  await expectAccessible(olga)
  await olga.keyboard.press('Tab')
  await olga.keyboard.press('Enter')
  expect(await olga.evaluate(() => document.activeElement?.id)).toBe('main')
  await olga.keyboard.press('Tab')
  await olga.keyboard.press('Enter')
  await olga.getByRole('heading', { name: 'Create your account' }).waitFor()
  await olga.getByLabel('Name').focus()
  for (const words of ['Olga', 'olga@example.org', 'a long sentence']) {
    await olga.keyboard.type(words)
    await olga.keyboard.press(words.includes('sentence') ? 'Enter' : 'Tab')
  }
  await olga.getByRole('heading', { name: 'Welcome, Olga' }).waitFor()
  await expectAccessible(olga)

  const ben = await openPage()
  await open(ben, '/account')
  await expectAccessible(ben)
  await ben.getByRole('link', { name: 'Create an account' }).click()
  await ben.getByLabel('Name').fill('Ben')
  await ben.getByLabel('E-mail').fill('ben@example.org')
  await password(ben).fill('a long sentence')
  await expectAccessible(ben)
  await ben.getByRole('button', { name: 'Create my account' }).click()
  await ben.getByRole('heading', { name: 'One more click' }).waitFor()

  await open(olga, '/outbox')
  await expectAccessible(olga)
  const link =
    (await olga
      .getByRole('link', { name: /mail-link/ })
      .first()
      .getAttribute('href')) ?? ''
  await open(ben, link)
  await expectAccessible(ben)
  await ben.getByRole('button', { name: 'Confirm and go on' }).click()
  await ben.getByRole('heading', { name: 'Account', exact: true }).waitFor()
  await expectAccessible(ben)
  await open(ben, link)
  await ben.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
})

it('keeps what was typed when the password is wrong, and goes only to its own pages afterwards', async () => {
  const ben = await openPage()
  await open(ben, '/sign-in?next=//evil.example')
  await ben.getByLabel('E-mail').fill('ben@example.org')
  await password(ben).fill('not the sentence')
  await ben.getByRole('button', { name: 'Sign in' }).click()
  expect(await ben.getByRole('alert').innerText()).toBe(
    'E-mail and password do not match. You can also have a sign-in link mailed to you.',
  )
  expect(await ben.getByLabel('E-mail').inputValue()).toBe('ben@example.org')
  await password(ben).fill('a long sentence')
  await ben.getByRole('button', { name: 'Sign in' }).click()
  await ben.getByRole('heading', { name: 'Welcome, Ben' }).waitFor()
  expect(ben.url()).toBe(`${instance.origin}/`)
})

it('can be read and used by everybody on the pages for strangers', async () => {
  const page = await openPage()
  for (const path of ['/for-companies', '/sign-in/link', '/sign-in/reset', '/nothing-here']) {
    await open(page, path)
    await expectAccessible(page)
  }
})
