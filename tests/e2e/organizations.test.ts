import { globSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

let instance: Instance
let browser: Browser
/** The operator of the instance, who reads its mail. */
let ada: BrowserContext

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
  ada = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  await send(ada, '/sign-up', signUp('Ada'))
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

const signUp = (name: string) => ({
  email: `${name.toLowerCase()}@harbour.example`,
  name,
  password: 'correct horse battery',
  zone: 'Europe/Berlin',
})

async function send(who: BrowserContext, path: string, data: object): Promise<void> {
  const answer = await who.request.post(`${instance.origin}/api${path}`, {
    headers: { origin: instance.origin },
    data,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

async function linkTo(recipient: string): Promise<string> {
  const answer = await ada.request.get(`${instance.origin}/api/outbox`)
  const mails = (await answer.json()) as { recipient: string; text: string }[]
  const [link = ''] =
    /https?:\/\/\S+/.exec(mails.find((mail) => mail.recipient === recipient)?.text ?? '') ?? []
  return new URL(link).pathname
}

async function colleague(name: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' })
  await send(context, '/sign-up', signUp(name))
  const link = await linkTo(signUp(name).email)
  await send(context, `/mail-links/${link.split('/').at(-1) ?? ''}`, {})
  return context.newPage()
}

/** Pages of an organization, by their address without the layout groups. */
const pages = globSync('web/src/routes/(public)/organizations/[[]slug[]]/**/+page.svelte').map((file) =>
  file.replace('web/src/routes/(public)/organizations/[slug]', '').replace(/\/\+page[^/]*$/, ''),
)

it(
  'a company proves its domain, approves a group, and colleagues come in',
  { timeout: 240_000 },
  async () => {
    const admin = await ada.newPage()
    await admin.goto(`${instance.origin}/organizations`)
    await expectAccessible(admin)
    await admin.getByRole('link', { name: 'Create an organization' }).click()
    await admin.waitForURL(/\/new$/)
    await expectAccessible(admin)
    await admin.getByLabel('Name of the organization').fill('Harbour Logistics')
    await admin.keyboard.press('Enter')
    await admin.waitForURL(/\/domains$/)
    const slug = new URL(admin.url()).pathname.split('/')[2] ?? ''
    const home = `${instance.origin}/organizations/${slug}`

    const domain = admin.getByRole('textbox', { name: 'E-mail domain' })
    await domain.fill('gmail.com')
    await admin.getByRole('button', { name: 'Send the mail' }).click()
    await admin.getByText('Anybody can have an address at gmail.com').waitFor()
    await domain.fill('pier.example')
    await admin.getByText('By a DNS record').click()
    await admin.getByRole('button', { name: 'Give me the record' }).click()
    await admin.getByRole('button', { name: 'Copy the value' }).waitFor()
    await domain.fill('harbour.example')
    await admin.getByText('By a mail to whoever').click()
    await admin.getByRole('button', { name: 'Send the mail' }).click()
    await admin.getByText('A mail is on its way to postmaster@harbour.example').first().waitFor()

    const postmaster = await (await browser.newContext()).newPage()
    await postmaster.goto(instance.origin + (await linkTo('postmaster@harbour.example')))
    await expectAccessible(postmaster)
    await postmaster.getByRole('button', { name: 'Yes, it is our domain' }).click()
    await postmaster.getByRole('heading', { name: 'Thank you' }).waitFor()

    await admin.goto(`${home}/settings`, { waitUntil: 'networkidle' })
    await admin.getByText('It waits for the yes of an admin').click()
    await admin.getByRole('button', { name: 'Save', exact: true }).click()
    await admin.getByText('Saved.').waitFor()

    const ben = await colleague('Ben')
    await ben.goto(`${instance.origin}/start`, { waitUntil: 'networkidle' })
    await ben.getByLabel('Name of the group').fill('Tuesday circle')
    await ben.getByText('Every colleague', { exact: true }).click()
    await ben.getByText('Any colleague, until it is full').click()
    await ben.getByRole('button', { name: 'Start the group' }).click()
    await ben.getByText('waits for the yes of an admin').waitFor()
    await expectAccessible(ben)

    await admin.goto(`${home}/groups`)
    await admin.getByText('Tuesday circle').waitFor()
    await expectAccessible(admin)
    await admin.getByRole('button', { name: 'Approve Tuesday circle' }).click()
    await admin.getByText('No group waits').waitFor()

    const cleo = await colleague('Cleo')
    await cleo.goto(home)
    await cleo.getByRole('link', { name: /Tuesday circle/ }).click()
    await cleo.getByRole('button', { name: 'Take a place' }).click()
    await cleo.getByRole('link', { name: 'Overview' }).waitFor()

    await admin.goto(`${home}/colleagues`)
    await admin.getByRole('button', { name: 'Has left: Ben' }).click()
    await admin.getByRole('button', { name: 'Yes, they have left' }).click()
    await admin.getByText('Cleo organizes Tuesday circle now').waitFor()
    await ben.goto(home)
    await ben.getByText('There is nothing here').waitFor()
    await ben.goto(`${instance.origin}/account/audit`)
    await ben.getByText('You are no longer a colleague.').waitFor()
    await expectAccessible(ben)

    for (const path of pages) {
      await admin.goto(home + path)
      await admin.locator('main h1').first().waitFor()
      await expectAccessible(admin)
      expect.soft(await admin.title(), path).toMatch(/ · Shortside$/)
      expect.soft(await admin.locator('h1').count(), `${path} has one h1`).toBe(1)
    }
  },
)
