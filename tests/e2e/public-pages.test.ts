import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { groupEmbed, groupRss, sessionPage } from '#shared/public-pages.ts'
import { groupFeed } from '#shared/calendar.ts'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

let instance: Instance
let browser: Browser
let organizer: BrowserContext
let slug: string
let sessionId: string

const SETTINGS = { locale: 'en-GB', timezoneId: 'Europe/London' }
const NAME = 'The honest hour </script><b>&'
const PASSWORD = 'a long enough one'

const call = async (who: BrowserContext, method: 'post' | 'put' | 'patch', path: string, data: object) => {
  const answer = await who.request[method](`${instance.origin}/api${path}`, {
    headers: { origin: instance.origin },
    data,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { slug: string; id: string }
}

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
  organizer = await browser.newContext(SETTINGS)
  await call(organizer, 'post', '/sign-up', {
    email: 'rosa@example.org',
    name: 'Rosa',
    password: PASSWORD,
    zone: 'Europe/Berlin',
  })
  const group = await call(organizer, 'post', '/groups', {
    ...{ id: randomUUID(), kind: 'meetup', name: NAME, purpose: 'We practise.', visibility: 'public' },
    ...{ admission: 'open', domains: [], programmeId: null, rhythm: 'weekly', zone: 'Europe/Berlin' },
    ...{ firstSessionAt: null, places: 6, city: 'Berlin', venue: 'Café', room: 'Inner room' },
    onlineLink: 'https://meet.example.org/inner',
  })
  slug = group.slug
  const session = await call(organizer, 'post', `/groups/${slug}/sessions`, {
    ...{ id: randomUUID(), title: 'Kickoff', minutes: 90, startsLocal: '2099-11-24T18:30' },
    templateId: 'kickoff',
  })
  sessionId = session.id
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

const get = (path: string) => fetch(instance.origin + path)
/** What a head says, by name or property. */
const saidIn = (html: string, name: string) =>
  new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1]
const linksIn = (html: string, rel: string) =>
  [...html.matchAll(new RegExp(`<link rel="${rel}"[^]*?href="([^"]*)"`, 'g'))].map(([, href]) => href)
const dataIn = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, json]) => JSON.parse(json ?? '') as Record<string, unknown>,
  )

it('P20: tells machines what a page of a public group is, and nothing from inside', async () => {
  for (const path of [`/groups/${slug}`, sessionPage(slug, sessionId)]) {
    const html = await (await get(path)).text()
    expect(linksIn(html, 'canonical')).toEqual([instance.origin + path])
    expect(saidIn(html, 'og:image')).toBe(`${instance.origin}${path}/preview.png`)
    expect(saidIn(html, 'og:url')).toBe(instance.origin + path)
    expect(saidIn(html, 'twitter:card')).toBe('summary_large_image')
    expect(saidIn(html, 'description')).toContain('24 Nov')
    expect(saidIn(html, 'robots')).toBeUndefined()
    expect(dataIn(html)).toMatchObject([
      {
        '@type': 'Event',
        name: 'Kickoff',
        startDate: '2099-11-24T17:30:00.000Z',
        eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
        eventStatus: 'https://schema.org/EventScheduled',
        location: [
          { '@type': 'Place', name: 'Café', address: { addressLocality: 'Berlin' } },
          { '@type': 'VirtualLocation', url: instance.origin + sessionPage(slug, sessionId) },
        ],
        organizer: [
          { '@type': 'Organization', name: NAME },
          { '@type': 'Person', name: 'Rosa' },
        ],
        maximumAttendeeCapacity: 6,
      },
    ])
    expect(html).not.toMatch(/inner/i)
    expect((await get(`${path}/preview.png`)).headers.get('content-type')).toBe('image/png')
  }
  const page = await (await get(`/groups/${slug}`)).text()
  expect(linksIn(page, 'alternate')).toEqual([groupRss(slug), groupFeed(slug)])
  const home = await (await get('/')).text()
  expect(linksIn(home, 'canonical')).toEqual([`${instance.origin}/`])
  expect(saidIn(home, 'og:image')).toBe(`${instance.origin}/preview.png`)
})

it('P20: asks robots to leave unlisted groups alone, and knows nothing of private ones', async () => {
  const change = (visibility: string) => call(organizer, 'patch', `/groups/${slug}`, { visibility })
  try {
    await change('unlisted')
    for (const path of [`/groups/${slug}`, sessionPage(slug, sessionId)]) {
      const html = await (await get(path)).text()
      expect(saidIn(html, 'robots')).toBe('noindex')
      expect(saidIn(html, 'og:image')).toBeUndefined()
      expect(dataIn(html)).toEqual([])
    }
    expect((await get(groupEmbed(slug))).status).toBe(404)
    await change('private')
    for (const path of [`/groups/${slug}`, sessionPage(slug, sessionId), groupEmbed(slug)])
      expect((await get(path)).status, path).toBe(404)
  } finally {
    await change('public')
  }
})

it('is readable by a stranger in light and dark, on a desk and on a phone', async () => {
  const page = await (await browser.newContext(SETTINGS)).newPage()
  await page.goto(`${instance.origin}/groups/${slug}`)
  await page.getByRole('heading', { name: NAME, level: 1 }).waitFor()
  // Half an hour after six in Berlin, as somebody in London reads it.
  await page.getByText(/17:30 to 19:00 for you \(London time\)/).waitFor()
  await expectAccessible(page)

  await call(organizer, 'put', '/me/page', { slug: 'rosa', about: 'I bring people together.' })
  await page.goto(`${instance.origin}/groups/${slug}`)
  await page.getByRole('link', { name: 'Rosa' }).click()
  await page.getByRole('heading', { name: 'Rosa', level: 1 }).waitFor()
  await expectAccessible(page)
  for (const path of [sessionPage(slug, sessionId), groupEmbed(slug)]) {
    await page.goto(instance.origin + path)
    await page.getByText('Kickoff').first().waitFor()
    await expectAccessible(page)
  }
})

it('lets a page of others frame the next session, and nothing else', async () => {
  const frame = await get(groupEmbed(slug))
  const html = await frame.text()
  expect(frame.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(frame.headers.get('x-frame-options')).toBeNull()
  expect(frame.headers.get('set-cookie')).toBeNull()
  expect(html).not.toContain('<script')
  expect(html).toContain('Kickoff')
  for (const path of [
    '/',
    '/sign-in',
    '/account',
    `/groups/${slug}`,
    sessionPage(slug, sessionId),
    '/embed/groups/none',
    '/embed/none',
  ]) {
    const { headers } = await get(path)
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
  }
  expect((await get(`/groups/${slug}`)).headers.get('x-frame-options')).toBe('SAMEORIGIN')

  const page = await (await browser.newContext(SETTINGS)).newPage()
  await page.goto(
    await openSite(
      [groupEmbed(slug), `/groups/${slug}`].map(
        (path) => `<iframe src="${instance.origin}${path}"></iframe>`,
      ),
    ),
  )
  await page.frameLocator('iframe >> nth=0').getByText('Kickoff').waitFor()
  expect(await page.frameLocator('iframe >> nth=1').getByText('Kickoff').count()).toBe(0)
})

/** A site of somebody else, which is another one by its name and its port. */
async function openSite(body: string[]): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(body.join(''))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void site.close())
  await once(site, 'listening')
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
}

/** Somebody with a confirmed address who is not signed in yet. */
async function signUp(name: string, email: string): Promise<void> {
  const person = await browser.newContext(SETTINGS)
  await call(person, 'post', '/sign-up', { email, name, password: PASSWORD, zone: 'Europe/London' })
  const outbox = await organizer.request.get(`${instance.origin}/api/outbox`)
  const mails = (await outbox.json()) as { recipient: string; text: string }[]
  const text = mails.find(({ recipient }) => recipient === email)?.text ?? ''
  const token = /mail-link\/([\w-]+)/.exec(text)?.[1] ?? ''
  await call(person, 'post', `/mail-links/${token}`, {})
  await person.close()
}

it('lets somebody sign in, take a place, ask and take it back without any script', async () => {
  await signUp('Ben', 'ben@example.org')
  const page = await (await browser.newContext({ ...SETTINGS, javaScriptEnabled: false })).newPage()
  const signIn = async (password: string) => {
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const session = instance.origin + sessionPage(slug, sessionId)

  await page.goto(session)
  await page.getByRole('link', { name: 'Sign in with yours' }).click()
  await page.getByLabel('E-mail').fill('ben@example.org')
  await signIn('a wrong guess')
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe('ben@example.org')
  await signIn(PASSWORD)
  await page.waitForURL(session)

  await page.getByRole('button', { name: 'Take a place' }).click()
  await page.waitForURL(session)
  await page.getByRole('heading', { name: 'You are in this group' }).waitFor()

  const other = await call(organizer, 'post', '/groups', {
    ...{ id: randomUUID(), kind: 'meetup', name: 'Second', purpose: '', visibility: 'public' },
    ...{ admission: 'on-request', domains: [], programmeId: null, rhythm: 'weekly', zone: 'UTC' },
    ...{ firstSessionAt: null, places: 6, city: null, venue: null, room: null, onlineLink: null },
  })
  await page.goto(`${instance.origin}/groups/${other.slug}`)
  await page.getByRole('button', { name: 'Ask to join' }).click()
  await page.getByText('You asked to join').waitFor()
  await page.getByRole('button', { name: 'Take the request back' }).click()
  await page.getByRole('button', { name: 'Ask to join' }).waitFor()

  // The door shut while the page was open: the sentence says so, and nothing is lost.
  await call(organizer, 'patch', `/groups/${other.slug}`, { admission: 'closed' })
  await page.getByRole('button', { name: 'Ask to join' }).click()
  await page.getByText('This group takes nobody new at the moment').first().waitFor()
})
