import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

let instance: Instance
let browser: Browser
let ada: BrowserContext

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
  ada = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' })
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

async function send<Answer>(path: string, data: object): Promise<Answer> {
  const answer = await ada.request.post(`${instance.origin}/api${path}`, {
    headers: { origin: instance.origin },
    data,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as Answer
}

async function openEvening() {
  await send('/sign-up', {
    ...{ email: 'ada@example.org', name: 'Ada', password: 'correct horse battery', zone: 'Europe/Berlin' },
  })
  const { slug } = await send<{ slug: string }>('/groups', {
    ...{ id: crypto.randomUUID(), kind: 'meetup', name: 'The honest hour', purpose: 'We practise.' },
    ...{ visibility: 'public', admission: 'open', domains: [], programmeId: null, rhythm: 'monthly' },
    ...{ zone: 'Europe/Berlin', firstSessionAt: null, places: 300, city: 'Hamburg', venue: 'Library' },
    ...{ room: null, onlineLink: null },
  })
  const startsAt = new Date(Date.now() + 3_000_000).toISOString()
  const { id } = await send<{ id: string }>(`/groups/${slug}/sessions`, {
    ...{ id: crypto.randomUUID(), title: 'Negotiation night', minutes: 120, startsAt },
  })
  const link = async (kind: 'helper' | 'poster') => {
    const links = await send<{ kind: string; link: string }[]>(`/sessions/${id}/door/links`, {
      ...{ id: crypto.randomUUID(), kind, label: 'Front' },
    })
    return links.find((one) => one.kind === kind)?.link ?? ''
  }
  return { home: `${instance.origin}/groups/${slug}/sessions/${id}`, link }
}

it('Check-in goes on without a connection, is kept on the device, and arrives when the line is back; the pages are accessible', async () => {
  const { home, link } = await openEvening()
  const poster = await link('poster')
  const page = await ada.newPage()
  await page.goto(`${home}/door`, { waitUntil: 'networkidle' })
  await ada.setOffline(true)
  await page.getByRole('button', { name: 'Check in Ada' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Walt')
  await page.getByRole('button', { name: 'Let them in' }).click()
  await page.getByText('2 check-ins are kept on this device').waitFor()
  // They are shown as here at once.
  await page.getByRole('button', { name: 'Undo: Ada is here' }).waitFor()
  await ada.setOffline(false)
  await page.getByText('kept on this device').waitFor({ state: 'detached' })

  // Somebody without an account says with their own phone that they are here; the door hears of it.
  const stranger = await browser.newContext({ locale: 'en-GB' })
  const phone = await stranger.newPage()
  await phone.goto(poster, { waitUntil: 'networkidle' })
  await expectAccessible(phone)
  await phone.getByLabel('Your name').fill('Wanda')
  await phone.getByRole('button', { name: 'Come in' }).click()
  await phone.getByText('Wanda, good that you came.').waitFor()
  await phone.goto(await link('helper'), { waitUntil: 'networkidle' })
  for (const name of ['Walt', 'Wanda'])
    await phone.getByRole('button', { name: `Undo: ${name} walked in` }).waitFor()
  await expectAccessible(phone)

  await page.goto(`${home}/tables`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: 'Make the tables' }).click()
  await page.getByRole('heading', { name: 'Table 1' }).waitFor()
  await expectAccessible(page)
})
