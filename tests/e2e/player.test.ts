import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishAudio, type Publisher } from '#tests/audio.ts'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { openInstance, type Instance } from '#tests/instance.ts'
import { longTranscript } from '#tests/long-transcript.ts'
import { measurePage } from '#tests/measure-page.ts'

const said = [
  'You said that everybody was waiting for you.',
  'I had trained twelve adults to wait, and I was proud of it.',
  'So I wrote one rule on a card. I may only ask until somebody else has answered twice.',
  'That sounds simple. It is not, I suppose.',
  'I count to eight. Somewhere around six somebody speaks who never does.',
  'And what became of the card?',
]

let instance: Instance
let browser: Browser
let publisher: Publisher
let context: BrowserContext
let slug: string

beforeAll(async () => {
  instance = await openInstance()
  browser = await openBrowser()
  publisher = await publishAudio(360)
  context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  await send('POST', '/api/sign-up', {
    email: 'ada@example.org',
    name: 'Ada',
    password: 'a long enough one',
    zone: 'Europe/Berlin',
  })
  ;({ slug } = await send<{ slug: string }>('POST', '/api/groups', {
    id: randomUUID(),
    kind: 'internal',
    name: 'Listeners',
    purpose: '',
    visibility: 'private',
    admission: 'on-request',
    domains: [],
    programmeId: null,
    rhythm: 'weekly',
    zone: 'Europe/Berlin',
    firstSessionAt: null,
    places: 8,
    city: null,
    venue: null,
    address: '',
    accessNotes: '',
    room: null,
    onlineLink: null,
  }))
})
afterAll(async () => {
  publisher.close()
  await browser.close()
  await instance.stop()
})

async function send<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await context.request.fetch(instance.origin + path, {
    method,
    headers: { origin: instance.origin },
    ...(body ? { data: body } : {}),
  })
  expect(answer.status(), `${path}: ${await answer.text()}`).toBe(200)
  return (await answer.json()) as T
}

async function openEpisode(more: object = {}): Promise<{ page: Page; id: string; path: string }> {
  const id = randomUUID()
  await send('POST', `/api/groups/${slug}/episodes`, {
    id,
    title: 'The quiet question',
    showTitle: 'Short talks',
    audioUrl: publisher.url,
    duration: 360,
    chapters: [
      { start: 0, title: 'Everybody waits' },
      { start: 120, title: 'The card' },
      { start: 240, title: 'Counting to eight' },
    ],
    segments: said.map((text, at) => ({
      start: at * 60,
      end: at * 60 + 60,
      speaker: at % 2 ? 'Ines Marwitz' : 'Daniel Okoro',
      text,
    })),
    ...more,
  })
  const page = await context.newPage()
  const path = `${instance.origin}/groups/${slug}/episodes/${id}`
  await page.goto(path)
  // The buttons work once the live line is there.
  await page.waitForFunction(() => document.querySelector('[data-do=more]') !== null)
  await page.waitForFunction(
    () =>
      document.querySelector('audio')?.networkState !== 2 ||
      document.querySelector('audio')?.readyState !== 0,
  )
  return { page, id, path }
}

const audioOf = (page: Page) =>
  page.evaluate(() => {
    const audio = document.querySelector('audio')
    if (!audio) throw new Error('no audio')
    return { at: audio.currentTime, paused: audio.paused, speed: audio.playbackRate }
  })
const stopOf = (id: string) =>
  send<{ moment: number; offset: number }>('GET', `/api/groups/${slug}/episodes/${id}/listening`)
const away = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).blur())

it('plays what the publisher sends, by keys, and goes on where one stopped after a reload', async () => {
  const { page, id } = await openEpisode()
  expect(publisher.ranges).toContain('bytes=0-')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5)
  await away(page)
  for (const key of ['l', 'L', 'ArrowRight', 'j']) await page.keyboard.press(key)
  await page.keyboard.press('>')
  await page.waitForFunction(() => document.querySelector('audio')?.playbackRate === 1.1)
  await page.keyboard.press('Space')
  await page.waitForFunction(() => document.querySelector('audio')?.paused === true)
  const { at } = await audioOf(page)
  expect(at).toBeGreaterThan(30)
  expect(at).toBeLessThan(60)
  expect(await page.evaluate(() => navigator.mediaSession.metadata?.title)).toBe('The quiet question')

  await expect.poll(async () => Math.round((await stopOf(id)).moment)).toBe(Math.round(at))
  await page.reload()
  await page.getByText(/You stopped at 00:[345]/).waitFor()
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 30)
  expect((await audioOf(page)).speed).toBe(1.1)
  await expectAccessible(page)
  await page.close()
})

it('marks a moment with one key and pauses; typing pauses, and sending goes on', async () => {
  const { page } = await openEpisode()
  await page.getByRole('button', { name: 'Play from 02:00' }).click()
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 120.3)
  await away(page)
  await page.keyboard.press('m')
  const words = page.getByLabel('What do you want to say about it?')
  await words.waitFor()
  expect((await audioOf(page)).paused).toBe(true)
  // Marking paused it, so sending leaves it so; keys are letters while somebody types.
  await page.keyboard.type('jump lm')
  expect(await words.inputValue()).toBe('jump lm')
  await page.getByRole('button', { name: 'Start the thread' }).click()
  await page.getByLabel('Your reply').waitFor()
  expect((await audioOf(page)).paused).toBe(true)

  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await page.waitForFunction(() => document.querySelector('audio')?.paused === false)
  await page.getByLabel('Your reply').fill('A second thought')
  await page.waitForFunction(() => document.querySelector('audio')?.paused === true)
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  await page.waitForFunction(() => document.querySelector('audio')?.paused === false)
  await page.close()
})

it('moves every time by the offset of the listener, and anchors and links stay in the time of the text', async () => {
  const { page, id } = await openEpisode()
  await page.getByRole('button', { name: 'Listening: your audio, keys' }).click()
  await page.getByLabel('My audio is later by').fill('later')
  await page.getByRole('button', { name: 'Set it' }).click()
  await page.getByText('Type seconds, such as 42').waitFor()
  await page.getByLabel('My audio is later by').fill('42')
  await page.getByRole('button', { name: 'Set it' }).click()
  await page.getByText('Yours is + 42 s.').waitFor()
  await page.keyboard.press('Escape')
  expect((await stopOf(id)).offset).toBe(42)

  await page.getByRole('button', { name: 'Play from 02:00' }).click()
  await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 162.2)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByText('02:42 in yours, + 42 s').waitFor()
  await page.getByRole('button', { name: /More to do with this, 02:00/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Copy with time' }).press('Enter')
  await page.getByText('Copied, with the time and a link.').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('Daniel Okoro, 02:00 (02:42 in my audio), The quiet question')
  expect(copied.split('\n').at(-1)).toMatch(/#t=120$/)

  // The line that is heard now says how much later it is.
  await page.getByRole('button', { name: /More to do with this, 01:00/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'I hear this now' }).press('Enter')
  await page.getByText('Your audio and the text are together now.').waitFor()
  expect((await stopOf(id)).offset).toBeGreaterThan(100)
  await page.close()
})

it('highlights for one alone, with a note, and takes a deletion back', async () => {
  const { page, id, path } = await openEpisode()
  await page.getByRole('button', { name: /More to do with this, 02:00/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Highlight for myself' }).press('Enter')
  await page.getByRole('button', { name: 'Add a note' }).click()
  await page.getByLabel('Your note').fill('On Monday.')
  await page.getByRole('button', { name: 'Keep it' }).click()
  const mark = page.locator('a.mine').first()
  await mark.waitFor()
  expect(await mark.evaluate((element) => getComputedStyle(element).borderBottomStyle)).toBe('dotted')
  await page.getByText('My highlights (1)').click()
  await page.getByText('On Monday.').waitFor()
  await expectAccessible(page)

  await mark.press('Enter')
  await page.getByRole('button', { name: 'Delete the highlight' }).click()
  await page.getByText('The highlight is deleted.').waitFor()
  expect(await page.locator('a.mine').count()).toBe(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await mark.waitFor()

  await page.goto(`${instance.origin}/highlights`)
  await page.getByText('On Monday.').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: '02:00' }).click()
  await page.waitForURL(new RegExp(`${path}#highlight-`))
  await page.locator('a.mine').first().waitFor()
  expect(id).toBeTruthy()
  await page.close()
})

it('folds what was not reached, text and threads, until it is reached or asked for', async () => {
  const { page, id, path } = await openEpisode()
  for (const start of [60, 300])
    await send('POST', `/api/groups/${slug}/episodes/${id}/threads`, {
      threadId: randomUUID(),
      postId: randomUUID(),
      anchor: { quote: '', prefix: '', suffix: '', speaker: null, start, end: null, chapter: null },
      body: start === 60 ? 'Early thought' : 'Late thought',
      question: false,
    })
  await send('PUT', `/api/groups/${slug}/episodes/${id}/listening`, { moment: 130, reached: 130 })
  await page.reload()
  await page.getByLabel('Fold what I have not reached').check()
  const fold = page.getByRole('region', { name: 'What comes later is folded' })
  await fold.getByText(/From 03:00 on everything is folded.*1 thread/).waitFor()
  // Remembered, and folded before anything is painted: what comes from the server has nothing of it.
  await expect
    .poll(async () => (await (await context.request.get(path)).text()).includes('data-paragraph="5"'))
    .toBe(false)
  await page.goto(`${path}#t=310`)
  await page.reload()
  await fold.getByText(/This link leads to 05:10/).waitFor()
  expect(await page.getByText('Late thought').count()).toBe(0)
  expect(await page.getByText(said[5] ?? '').count()).toBe(0)
  expect(await page.getByText('Early thought').count()).toBe(1)
  await expectAccessible(page)

  await fold.getByRole('button', { name: /Read on to 0/ }).click()
  await page.getByText(/From 04:00 on/).waitFor()
  await fold.getByRole('button', { name: 'Show everything' }).click()
  await page.getByText('Late thought').waitFor()
  await page.getByText(said[5] ?? '').waitFor()
  await page.getByRole('button', { name: 'Fold this one again' }).click()
  await fold.waitFor()
  await page.getByLabel('Fold what I have not reached').uncheck()
  await page.close()
})

it('says when the audio is gone, and works on without it', async () => {
  publisher.move(true)
  const { page } = await openEpisode({ audioUrl: `${publisher.url}?moved` })
  await page.getByText('The audio can’t be played; it may have moved.').waitFor()
  await page.getByRole('button', { name: /Start a thread on this, 02:00/ }).click()
  await page.getByLabel('What do you want to say about it?').waitFor()
  publisher.move(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await page.close()
})

it('opens and scrolls 30,000 words on a slow processor, and all of them can be found', async () => {
  const { page, path } = await openEpisode({ ...longTranscript(30_000), audioUrl: null })
  const { headings, words } = await page.evaluate(() => ({
    headings: document.querySelectorAll('main h2').length,
    words: [...document.querySelectorAll('[data-text]')].reduce(
      (sum, { textContent }) => sum + textContent.split(' ').length,
      0,
    ),
  }))
  expect(words).toBe(30_000)
  expect(headings).toBeGreaterThan(20)
  await page.close()
  // What a machine that does nothing else needs stands in `npm run bench -- long-transcript`; this one is busy.
  const measured = await measurePage(context, path)
  expect(measured.paint).toBeLessThan(6_000)
  expect(measured.scroll).toBeLessThan(600)
})
