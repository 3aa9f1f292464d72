import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

let instance: Instance
let browser: Browser
let rosa: BrowserContext

const SETTINGS = { locale: 'en-GB', timezoneId: 'Europe/London' }
const KEEP = 'On Monday you let Kim finish, and the real reason came out.'

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
  rosa = await browser.newContext(SETTINGS)
  await send('post', '/sign-up', {
    email: 'rosa@example.org',
    name: 'Rosa',
    password: 'a long enough one',
    zone: 'Europe/Berlin',
  })
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

async function send(method: 'post' | 'put', path: string, data: object) {
  const answer = await rosa.request[method](`${instance.origin}/api${path}`, {
    headers: { origin: instance.origin },
    data,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** The address in the request that was mailed to the reviewer; the operator of an instance without a mail server has it. */
async function requestLink(): Promise<string> {
  const outbox = await (await rosa.request.get(`${instance.origin}/api/outbox`)).text()
  return /\/feedback\/answer\/[\w-]+/.exec(outbox)?.[0] ?? ''
}

/** Two weeks pass. */
async function passTime(): Promise<void> {
  const database = new pg.Client({ connectionString: instance.databaseUrl })
  await database.connect()
  await database.query(`update feedback_rounds set closes_at = now() - interval '1 second'`)
  await database.end()
}

it('is answered on a phone from the link of a mail, read by whom it is about, and becomes a goal', async () => {
  const roundId = randomUUID()
  await send('put', '/feedback/rounds', {
    id: roundId,
    kind: 'ask',
    group: null,
    sessionId: null,
    title: 'How I run meetings',
    intro: 'I want to hear everybody.',
    naming: 'attributed',
    threshold: 5,
    asksSelf: false,
    questions: [
      { id: randomUUID(), kind: 'words', text: 'What should I keep doing?', hint: '', measure: null },
      {
        id: randomUUID(),
        kind: 'agreement',
        text: 'I let others finish.',
        hint: '',
        measure: { id: randomUUID(), skill: 'communication', evidence: '', by: null },
      },
    ],
    opensAt: null,
    closesAt: new Date(Date.now() + 86_400_000).toISOString(),
    reviewers: [
      { id: randomUUID(), name: 'Rita', relation: 'rabbi', accountId: null, email: 'rita@example.net' },
    ],
  })
  const own = await rosa.newPage()
  await own.goto(`${instance.origin}/feedback/rounds/${roundId}`)
  await own.getByRole('button', { name: 'Open the round' }).click()
  await own.getByText('Nobody is told who has answered').waitFor()

  const phone = await browser.newContext({
    ...SETTINGS,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  })
  const page = await phone.newPage()
  const link = instance.origin + (await requestLink())
  await page.goto(link)
  await page.getByText('Rosa reads it').first().waitFor()
  await expectAccessible(page)
  await page.getByLabel('What should I keep doing?').fill(KEEP)
  // A crash costs nobody their words.
  await page.getByText('it is kept in this browser').waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel('What should I keep doing?').inputValue()).toBe(KEEP)
  await page.getByRole('radio', { name: '4, mostly' }).check({ force: true })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Your answer is in').waitFor()

  // Somebody else with the link sees none of it.
  const other = await browser.newContext(SETTINGS)
  const spying = await other.newPage()
  await spying.goto(link)
  await spying.getByRole('button', { name: 'Send', exact: true }).waitFor()
  expect(await spying.getByLabel('What should I keep doing?').inputValue()).toBe('')

  await passTime()
  await own.goto(`${instance.origin}/feedback`)
  await own.getByRole('link', { name: /How I run meetings.*about you/ }).click()
  await own.getByText(KEEP).waitFor()
  await own.getByText('As a table').click()
  expect(await own.getByRole('row').last().getByRole('cell').allTextContents()).toEqual([
    '0',
    '0',
    '0',
    '1',
    '0',
    '0',
    '',
  ])
  await expectAccessible(own)
  await own.getByLabel('What I will do').fill('If somebody is interrupted, then I give the word back.')
  await own.getByRole('button', { name: 'Keep my three lines' }).click()
  await own.getByText('Kept.', { exact: true }).waitFor()
  await own.getByText('Make a goal of it').click()
  await own.getByRole('button', { name: 'Set this goal' }).click()
  await own.getByText('It stands among').waitFor()
  await own.goto(`${instance.origin}/goals`)
  await own.getByRole('heading', { name: 'If somebody is interrupted, then I give the word back.' }).waitFor()

  await page.reload()
  await page.getByText('This round has closed').waitFor()
})
