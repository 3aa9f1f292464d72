import { globSync } from 'node:fs'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'
import { feedOf, openPublisher, PUBLISHERS } from '#tests/publisher.ts'

/** How many pages are looked at side by side. */
const AT_ONCE = 3
const SLUG = 'harbour-circle'

let instance: Instance
let browser: Browser

beforeAll(async () => {
  instance = await openInstance({ settings: { FEED_NETWORKS: PUBLISHERS.join(',') } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await instance.stop()
})

/** Every page there is, by its address without the layout groups. */
const routes = globSync('web/src/routes/**/+page*.svelte')
  .map((file) =>
    file
      .replace('web/src/routes', '')
      .replaceAll(/\/\([^)]+\)/g, '')
      .replace(/\/\+page[^/]*$/, '')
      .replace(/^$/, '/'),
  )
  // The sample circle is at no company: organizations.test.ts looks at those pages.
  .filter((route) => !route.startsWith('/organizations/[slug]'))

type Ids = {
  session: string
  past: string
  series: string
  episode: string
  show: string
  thread: string
  template: string
  shared: string
  invite: string
  meetup: string
  coming: string
  round: string
  request: string
  report: string
}

/** Where each page is looked at in the sample circle, as its organizer or without an account. */
function addressOf(route: string, ids: Ids): { address: string; as: 'member' | 'stranger' } | undefined {
  const inGroup = (rest: string) => ({ address: `/groups/${SLUG}${rest}`, as: 'member' as const })
  const outside = { address: route, as: 'stranger' as const }
  switch (route) {
    case '/groups/[slug]/sessions/[id]':
    case '/groups/[slug]/sessions/[id]/plan':
    case '/groups/[slug]/sessions/[id]/door':
    case '/groups/[slug]/sessions/[id]/tables':
      return inGroup(route.slice('/groups/[slug]'.length).replace('[id]', ids.session))
    case '/groups/[slug]/sessions/[id]/wrap-up':
      return inGroup(`/sessions/${ids.past}/wrap-up`)
    case '/groups/[slug]/templates/[id]':
    case '/groups/[slug]/templates/[id]/edit':
    case '/groups/[slug]/templates/[id]/upstream':
      return inGroup(route.slice('/groups/[slug]'.length).replace('[id]', ids.template))
    case '/templates/[token]':
      return { address: ids.shared, as: 'stranger' }
    case '/groups/[slug]/threads/[id]':
      return inGroup(`/threads/${ids.thread}`)
    case '/groups/[slug]/episodes/shows/[id]':
      return inGroup(`/episodes/shows/${ids.show}`)
    case '/groups/[slug]/episodes/[id]':
      return inGroup(`/episodes/${ids.episode}`)
    case '/groups/[slug]/episodes/[id]/correct':
      return inGroup(`/episodes/${ids.episode}/correct`)
    case '/groups/[slug]/episodes/[id]/history':
      return inGroup(`/episodes/${ids.episode}/history`)
    case '/room/[sessionId]':
      return { address: `/room/${ids.session}`, as: 'member' }
    case '/join/[token]':
      return { address: ids.invite, as: 'stranger' }
    case '/guide/templates/[id]':
      return { address: '/guide/templates/the-rectangle', as: 'stranger' }
    case '/guide/programmes/[id]':
      return { address: '/guide/programmes/ten-skills', as: 'stranger' }
    case '/mail-link/[token]':
      return { address: `/mail-link/${'x'.repeat(43)}`, as: 'stranger' }
    case '/sign-in/company/connect/[token]':
      return { address: `/sign-in/company/connect/${'x'.repeat(43)}`, as: 'stranger' }
    case '/groups/[slug]/series/[id]':
      return inGroup(`/series/${ids.series}`)
    case '/series/[token]':
      return { address: `/series/${'x'.repeat(46)}`, as: 'stranger' }
    case '/guest/[token]':
      return { address: `/guest/${'x'.repeat(43)}`, as: 'stranger' }
    case '/door/[token]':
    case '/ticket/[token]':
    case '/arrive/[token]':
      return { address: route.replace('[token]', 'x'.repeat(46)), as: 'stranger' }
    case '/stop/[token]':
      return { address: `/stop/${'x'.repeat(46)}`, as: 'stranger' }
    case '/rsvp/[token]':
      return { address: `/rsvp/${'x'.repeat(46)}`, as: 'stranger' }
    case '/report/[kind]/[target]':
      return { address: `/report/group/${SLUG}`, as: 'member' }
    case '/take-data/[token]':
      return { address: `/take-data/${'x'.repeat(43)}`, as: 'stranger' }
    case '/groups/[slug]/next/[sessionId]':
      return { address: `/groups/${ids.meetup}/next/${ids.coming}`, as: 'stranger' }
    case '/embed/groups/[slug]':
      return { address: `/embed/groups/${ids.meetup}`, as: 'stranger' }
    case '/organizers/[slug]':
      return { address: '/organizers/tom', as: 'stranger' }
    case '/prove-domain/[token]':
      return { address: `/prove-domain/${'x'.repeat(43)}`, as: 'stranger' }
    case '/feedback/answer/[key]':
      return { address: `/feedback/answer/${ids.request}`, as: 'member' }
    case '/feedback/rounds/[id]':
      return { address: `/feedback/rounds/${ids.round}`, as: 'member' }
    case '/feedback/reports/[id]':
      return { address: `/feedback/reports/${ids.report}`, as: 'member' }
    case '/expert/[token]':
      return { address: `/expert/${'x'.repeat(46)}`, as: 'stranger' }
    case '/feedback':
    case '/feedback/new':
    case '/goals':
    case '/organizations':
    case '/organizations/new':
    case '/account/audit':
    case '/account':
    case '/take-overs':
    case '/commitments':
    case '/highlights':
    case '/search':
      return { address: route, as: 'member' }
  }
  if (route.startsWith('/groups/[slug]')) return inGroup(route.slice('/groups/[slug]'.length))
  return route.includes('[') ? undefined : outside
}

/** A round of the group that is open, and one that has closed. */
async function askForFeedback(member: BrowserContext) {
  const send = async (method: 'post' | 'put', path: string, data?: object) =>
    (
      await member.request[method](`${instance.origin}/api${path}`, {
        headers: { origin: instance.origin },
        ...(data ? { data } : {}),
      })
    ).json() as Promise<unknown>
  const draft = (kind: string, closesIn: number) => ({
    id: crypto.randomUUID(),
    kind,
    group: SLUG,
    sessionId: null,
    title: 'How we are doing',
    intro: 'A look at ourselves.',
    naming: 'attributed',
    threshold: 5,
    asksSelf: false,
    questions: ['words', 'agreement'].map((of) => ({
      id: crypto.randomUUID(),
      kind: of,
      text: 'We begin on time.',
      hint: '',
      measure: null,
    })),
    opensAt: null,
    closesAt: new Date(Date.now() + closesIn).toISOString(),
    reviewers: [],
  })
  const closing = draft('about-group', 1500)
  const open = draft('about-group', 86_400_000)
  for (const round of [closing, open]) {
    await send('put', '/feedback/rounds', round)
    await send('post', `/feedback/rounds/${round.id}/open`)
  }
  await new Promise((resolve) => setTimeout(resolve, 1600))
  const get = async <T>(path: string) =>
    (await (await member.request.get(`${instance.origin}/api${path}`)).json()) as T
  const rounds = await get<{ id: string; reportId: string | null }[]>(`/groups/${SLUG}/feedback`)
  const { requests } = await get<{ requests: { key: string }[] }>('/me/feedback')
  return {
    round: open.id,
    request: requests[0]?.key ?? '',
    report: rounds.find(({ id }) => id === closing.id)?.reportId ?? '',
  }
}

async function followAShow(member: BrowserContext): Promise<string> {
  const publisher = await openPublisher()
  publisher.give(
    '/feed',
    feedOf([
      { guid: 'one', title: 'One', date: '2026-11-02' },
      { title: 'Two', guid: 'two' },
    ]),
  )
  const id = crypto.randomUUID()
  const answer = await member.request.post(`${instance.origin}/api/groups/${SLUG}/shows`, {
    headers: { origin: instance.origin },
    data: { id, url: `${publisher.home}/feed` },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return id
}

async function makeSeries(member: BrowserContext): Promise<string> {
  const id = crypto.randomUUID()
  const startsLocal = `${new Date().getUTCFullYear() + 1}-03-20T18:00`
  await member.request.post(`${instance.origin}/api/groups/${SLUG}/series`, {
    headers: { origin: instance.origin },
    data: { id, title: 'Evenings', startsLocal, rule: 'FREQ=WEEKLY;COUNT=3', exceptions: [], minutes: 60 },
  })
  return id
}

async function readIds(member: BrowserContext): Promise<Ids> {
  const get = async <T>(path: string) =>
    (await (await member.request.get(`${instance.origin}/api${path}`)).json()) as T
  const { sessions } = await get<{ sessions: { id: string; status: string }[] }>(`/groups/${SLUG}/sessions`)
  const [episode] = await get<{ id: string }[]>(`/groups/${SLUG}/episodes`)
  const answer = await member.request.post(`${instance.origin}/api/groups/${SLUG}/invites`, {
    headers: { origin: instance.origin },
    data: { id: crypto.randomUUID(), role: 'member', days: 7, maxUses: null, domains: [] },
  })
  const { link } = (await answer.json()) as { link: string }
  const withStatus = (status: string) => sessions.find((session) => session.status === status)?.id ?? ''
  return {
    session: withStatus('scheduled'),
    past: withStatus('wrapped-up'),
    series: await makeSeries(member),
    episode: episode?.id ?? '',
    show: await followAShow(member),
    thread: await startThread(member),
    ...(await keepTemplate(member)),
    invite: new URL(link).pathname,
    ...(await openToEverybody(member)),
    ...(await askForFeedback(member)),
  }
}

/** A thread of the group that asks to be answered first, and is a question for a session. */
async function startThread(member: BrowserContext): Promise<string> {
  const threadId = crypto.randomUUID()
  const words = { title: 'Where is your line?', body: 'What would you never sign?' }
  const answer = await member.request.post(`${instance.origin}/api/groups/${SLUG}/threads`, {
    headers: { origin: instance.origin },
    data: { threadId, postId: crypto.randomUUID(), ...words, question: true, answerFirst: true },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return threadId
}

/** A fork of the guide that is under a public link. */
async function keepTemplate(member: BrowserContext): Promise<{ template: string; shared: string }> {
  const send = async <T>(method: 'post' | 'put', path: string, data: object) => {
    const answer = await member.request[method](`${instance.origin}/api/groups/${SLUG}/${path}`, {
      headers: { origin: instance.origin },
      data,
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as T
  }
  const from = { kind: 'guide', address: 'negotiation-practice' }
  const { mark } = await send<{ mark: string }>('post', 'template-imports/preview', from)
  const id = crypto.randomUUID()
  await send('post', 'template-imports', { id, mark, from })
  const { url } = await send<{ url: string }>('put', `templates/${id}/link`, {
    ...{ number: 1, withNotes: true, withCards: true, withGroupName: false },
    ...{ author: 'Tom', licence: 'CC BY 4.0' },
  })
  return { template: id, shared: new URL(url).pathname }
}

/** A meetup with a session ahead, and the page of its organizer. */
async function openToEverybody(member: BrowserContext): Promise<{ meetup: string; coming: string }> {
  const send = async (method: 'post' | 'put', path: string, data: object) => {
    const answer = await member.request[method](`${instance.origin}/api${path}`, {
      headers: { origin: instance.origin },
      data,
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as { slug: string; id: string }
  }
  const { slug } = await send('post', '/groups', {
    ...{ id: crypto.randomUUID(), kind: 'meetup', name: 'The honest hour', purpose: 'We practise.' },
    ...{ visibility: 'public', admission: 'open', domains: [], programmeId: null, rhythm: 'monthly' },
    ...{ zone: 'Europe/London', firstSessionAt: null, places: 12, city: 'Berlin', venue: 'Café' },
    ...{ room: null, onlineLink: null },
  })
  const { id } = await send('post', `/groups/${slug}/sessions`, {
    ...{ id: crypto.randomUUID(), title: 'Kickoff', minutes: 60, startsLocal: '2099-11-24T18:30' },
    templateId: 'kickoff',
  })
  await send('put', '/me/page', { slug: 'tom', about: 'I bring people together.' })
  return { meetup: slug, coming: id }
}

it(
  'is readable by everybody on every page: light, dark, on a desk and on a phone',
  { timeout: 240_000 },
  async () => {
    const settings = { locale: 'en-GB', timezoneId: 'Europe/Berlin' }
    const stranger = await browser.newContext(settings)
    const member = await browser.newContext(settings)
    const entrance = await member.newPage()
    await entrance.goto(instance.origin)
    await entrance.getByRole('button', { name: 'Look around in the sample circle' }).click()
    await entrance.waitForURL(/\/dashboard$/)
    await entrance.getByRole('button', { name: /Tom/ }).click()
    await entrance.getByText('Tom Hartwig').first().waitFor()
    const ids = await readIds(member)

    const waiting = routes.map((route) => {
      const where = addressOf(route, ids)
      if (!where) expect.fail(`Nobody looks at ${route}: say in this file where it can be seen.`)
      return where
    })
    const look = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const page = await (next.as === 'member' ? member : stranger).newPage()
        await page.goto(instance.origin + next.address)
        await page.locator('main h1').first().waitFor()
        await expectAccessible(page)
        expect.soft(await page.title(), next.address).toMatch(/ · Shortside$/)
        expect.soft(await page.locator('h1').count(), `${next.address} has one h1`).toBe(1)
        await page.close()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, look))
  },
)
