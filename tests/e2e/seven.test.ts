import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { watchFocus } from '#tests/focus.ts'
import { keyboard, type Hands } from '#tests/hands.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

/** Whoever loses the line is away for so long, in milliseconds. */
const AWAY = 120_000

/** A busy machine may take its time. */
const WAITS = { timeout: 20_000 }

type Somebody = {
  name: string
  context: BrowserContext
  page: Page
  hands: Hands
  /** Everything that came over a socket. */
  frames: string[]
  /** What they pressed and lost their place by. */
  lost: string[]
}

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
  'L1, L4, L15, L52: holds a whole evening of seven: on a desk, on phones, by keyboard, with a screen reader, and through two minutes without a line',
  { timeout: 480_000 },
  async () => {
    const { slug, cookies } = await seedCircle(['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus'])
    const come = (name: string, width: number, reducedMotion: 'reduce' | 'no-preference' = 'no-preference') =>
      arrive(name, cookies.get(name) ?? '', width, reducedMotion)
    const ada = await come('Ada', 1280)
    const ben = await come('Ben', 390)
    const cleo = await come('Cleo', 1280)
    const dan = await come('Dan', 768)
    const eve = await come('Eve', 390)
    const finn = await come('Finn', 1280)
    const gus = await come('Gus', 320, 'reduce')
    const seats = [ben, cleo, dan, eve, finn, gus]

    const sessionId = randomUUID()
    const made = await ada.context.request.post(`${instance.origin}/api/groups/${slug}/sessions`, {
      headers: { origin: instance.origin },
      data: {
        id: sessionId,
        templateId: 'unwritten-rules',
        startsAt: new Date(Date.now() + 60_000).toISOString(),
      },
    })
    expect(made.ok(), await made.text()).toBe(true)
    const room = `${instance.origin}/room/${sessionId}`

    // Everybody gathers; Finn listens to the screen.
    await ada.page.goto(`${room}?view=run`)
    for (const { page } of seats) await page.goto(room)
    const heard = await listenTo(finn.page)
    await ada.hands.press(ada.page.getByRole('button', { name: 'Open the room' }))
    await shown(ada.page, /7 are here/)
    const wall = await ada.context.newPage()
    await wall.setViewportSize({ width: 1920, height: 1080 })
    await wall.goto(`${room}?view=stage`)
    await step(ada, 'Start the session')

    // A go-round: Eve passes, everybody else has a turn.
    for (const { page } of [ada, ...seats]) await page.getByRole('region', { name: 'The go-round' }).waitFor()
    await fitsThePhones(ben, eve, gus)
    await eve.hands.press(eve.page.getByRole('button', { name: 'Pass' }))
    const over = ada.page.getByText('Everybody had a turn')
    const speaker = ada.page.locator('[aria-label="The go-round"] [aria-current="true"]')
    for (let turns = 0; turns < 8 && !(await over.isVisible()); turns += 1) {
      const before = await nameOf(speaker)
      await ada.page.keyboard.press('t')
      await expect
        .poll(async () => (await over.isVisible()) || !['', before].includes(await nameOf(speaker)), WAITS)
        .toBe(true)
      expect(await ada.page.getByRole('button', { name: 'End turn' }).count()).toBe(0)
    }
    await shown(ada.page, 'Everybody had a turn')
    await shown(eve.page, 'I would like to after all')
    expect(heard()).toContain('It is your turn to speak.')
    await expectAccessible(finn.page)

    // Everybody writes alone. Dan loses the line, and writes on.
    await forwardTo(ada, 'Write alone')
    for (const { name, page } of seats)
      await page
        .getByRole('textbox')
        .waitFor({ timeout: 20_000 })
        .catch(() => {
          throw new Error(`${name} has no field to write in.`)
        })
    await dan.hands.write(dan.page.getByRole('textbox'), 'Nobody goes')
    await shown(dan.page, 'Saved.')
    await dan.context.setOffline(true)
    const away = Date.now()
    await dan.hands.write(dan.page.getByRole('textbox'), ruleOf(dan))
    await shown(dan.page, 'Saved on this device')
    for (const one of seats.filter((seat) => seat !== dan)) {
      await one.hands.write(one.page.getByRole('textbox'), ruleOf(one))
      await one.hands.press(one.page.getByRole('button', { name: 'Done' }))
    }
    await shown(ada.page, '5 of 6 have written')
    await fitsThePhones(ben, eve, gus)
    const before = await finn.page.locator('main').ariaSnapshot()
    expect(before).toContain('heading "Rules that nobody wrote down" [level=2]')
    expect(before).toContain('timer')
    expect(before).toContain('button "Keep writing"')
    for (const one of seats)
      for (const { name, frames } of [ada, ...seats])
        expect(
          frames.some((frame) => frame.includes(ruleOf(one))),
          `${name} heard ${one.name} early`,
        ).toBe(false)
    await dan.page.waitForTimeout(Math.max(0, away + AWAY - Date.now()))
    await dan.context.setOffline(false)
    await shown(dan.page, 'Saved.')
    await dan.hands.press(dan.page.getByRole('button', { name: 'Done' }))
    await shown(ada.page, '6 of 6 have written')
    await step(ada, 'Reveal answers')
    for (const one of seats)
      for (const page of [...seats.map((seat) => seat.page), ada.page, wall]) await shown(page, ruleOf(one))

    // Secret dots, until everybody is done.
    await forwardTo(ada, 'Vote')
    for (const one of seats) {
      const favourite = ruleOf(one === gus ? ben : dan)
      const give = one.page.getByRole('button', { name: `Give a dot to ${favourite}` })
      await one.hands.press(give)
      await one.hands.press(give)
      if (one === ben) await fitsThePhones(ben, gus)
      await one.hands.press(one.page.getByRole('button', { name: 'Done' }))
    }
    for (const page of [...seats.map((seat) => seat.page), ada.page, wall]) await shown(page, /10 dots/)
    await expectAccessible(gus.page)
    await expectAccessible(ada.page)

    // Topic by topic, most dots first.
    await forwardTo(ada, 'Discuss')
    for (const { page } of seats)
      await page.getByRole('region', { name: 'Current topic' }).getByText(ruleOf(dan)).waitFor()
    await fitsThePhones(ben, gus)
    await cleo.hands.press(cleo.page.getByRole('button', { name: /add/i }))
    await ada.hands.press(ada.page.getByRole('button', { name: 'Give floor to Cleo' }))
    await cleo.hands.press(cleo.page.getByRole('button', { name: 'I have spoken' }))

    // Pairs: everybody but Ada is with somebody.
    await forwardTo(ada, 'Small groups')
    for (const { page } of seats) await shown(page, /You are with /)
    await fitsThePhones(ben, eve, gus)
    expect(await runningAnimations(gus.page)).toEqual([])

    // A commitment, and the end.
    await forwardTo(ada, 'Commit')
    await finn.hands.write(finn.page.getByLabel('If …'), 'a meeting begins without anybody asking why')
    await finn.hands.write(finn.page.getByLabel('then I will …'), 'ask what it is for')
    await finn.hands.press(finn.page.getByRole('button', { name: 'I will do that' }))
    for (const { page } of [ada, ben, gus]) await shown(page, /ask what it is for/)
    await fitsThePhones(ben, gus)
    await forwardTo(ada, 'Close')
    // It is spoken in turn: there is nothing to write.
    for (const { page } of seats) {
      await page.getByRole('region', { name: 'The go-round' }).waitFor()
      expect(await page.getByRole('textbox').count()).toBe(0)
    }
    await settled(ada)
    await ada.page.keyboard.press('c')
    await ada.hands.press(ada.page.getByRole('button', { name: 'Close it' }))
    for (const { page } of seats) await page.getByRole('link', { name: 'See the wrap-up' }).waitFor()

    // What Finn was told, in order.
    const told = heard()
    const order = [
      'The room is open.',
      /^Now: A rule from childhood, 1 of 10/,
      'It is your turn to speak.',
      /^Now: Rules that nobody wrote down/,
      'The answers are revealed.',
      /^The votes are counted\. .*10 dots/,
      /^The topic now: /,
      'The session is closed.',
    ]
    let at = -1
    for (const words of order) {
      at = told.findIndex(
        (line, place) => place > at && (typeof words === 'string' ? line === words : words.test(line)),
      )
      expect(at, `${String(words)} in ${JSON.stringify(told)}`).toBeGreaterThan(-1)
    }

    // Nobody missed anything, heard it twice, or out of order; Dan neither.
    const last = Math.max(...numbersOf(ada))
    for (const one of [ada, ...seats]) {
      const numbers = numbersOf(one)
      const first = numbers[0] ?? 0
      expect(numbers, one.name).toEqual(Array.from({ length: last - first + 1 }, (_, place) => first + place))
    }

    for (const { name, lost } of [ada, ...seats]) expect(lost, name).toEqual([])

    // The wrap-up has it all.
    await ben.hands.press(ben.page.getByRole('link', { name: 'See the wrap-up' }))
    for (const words of [ruleOf(dan), ruleOf(gus), 'ask what it is for', 'Finn']) await shown(ben.page, words)
    await fitsThePhones(ben)
    await expectAccessible(ben.page)
  },
)

const RULES: Record<string, string> = {
  Ben: 'Whoever sends the agenda decides',
  Cleo: 'Nobody praises in writing',
  Dan: 'Nobody goes home before the boss',
  Eve: 'Bad news travels by phone',
  Finn: 'The first answer is a yes',
  Gus: 'Lunch is where it is settled',
}
const ruleOf = ({ name }: Somebody) => RULES[name] ?? ''

/** Whom a list marks as the current one. */
const nameOf = async (current: Locator) =>
  (await current.count()) > 0 ? (await current.first().innerText()).split('\n')[0] : ''

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

/** A circle, straight in the tables: Ada organizes it, and everybody is signed in. */
async function seedCircle(names: string[]): Promise<{ slug: string; cookies: Map<string, string> }> {
  const client = new pg.Client({ connectionString: instance.databaseUrl })
  await client.connect()
  const groupId = randomUUID()
  const slug = `circle-${groupId.slice(0, 8)}`
  const cookies = new Map<string, string>()
  await client.query(
    `insert into groups (id, slug, name, kind, visibility, admission, rhythm, zone, places)
     values ($1, $2, 'Thursday circle', 'internal', 'private', 'invite-only', 'weekly', 'Europe/Berlin', 8)`,
    [groupId, slug],
  )
  await client.query(`insert into rooms (id, group_id, kind) values ($1, $1, 'group')`, [groupId])
  for (const name of names) {
    const id = randomUUID()
    const token = randomBytes(32).toString('base64url')
    await client.query(`insert into accounts (id, email, name, verified_at) values ($1, $2, $3, now())`, [
      id,
      `${name.toLowerCase()}@example.org`,
      name,
    ])
    await client.query(
      `insert into memberships (group_id, account_id, role, status) values ($1, $2, $3, 'active')`,
      [groupId, id, name === 'Ada' ? 'organizer' : 'member'],
    )
    await client.query(
      `insert into sign_ins (id, account_id, expires_at, created_at) values ($1, $2, now() + interval '14 days', now())`,
      [createHash('sha256').update(token).digest('hex'), id],
    )
    cookies.set(name, token)
  }
  await client.end()
  return { slug, cookies }
}

async function arrive(
  name: string,
  token: string,
  width: number,
  reducedMotion: 'reduce' | 'no-preference',
): Promise<Somebody> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width, height: width < 500 ? 844 : 900 },
    reducedMotion,
  })
  await context.addCookies([{ name: 'signin', value: token, url: instance.origin }])
  const page = await context.newPage()
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  page.on('pageerror', (problem) => {
    throw problem
  })
  return { name, context, page, hands: keyboard(page), frames, lost: await watchFocus(page) }
}

/** What a screen reader is told from now on, line by line. */
async function listenTo(page: Page): Promise<() => string[]> {
  const lines: string[] = []
  await page.exposeFunction('heardByScreenReader', (line: string) => void lines.push(line))
  await page.evaluate(() => {
    const region = document.querySelector('[role="status"][aria-live="polite"]')
    if (!region) throw new Error('Nothing announces what happens.')
    const tell = (window as typeof window & { heardByScreenReader: (line: string) => void })
      .heardByScreenReader
    new MutationObserver(() => tell(region.textContent)).observe(region, {
      childList: true,
      characterData: true,
      subtree: true,
    })
  })
  return () => lines.map((line) => line.trim())
}

/** Nothing is wider than a phone. */
async function fitsThePhones(...people: Somebody[]): Promise<void> {
  for (const { name, page } of people) {
    const [wide, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(width ?? 0)
  }
}

const runningAnimations = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === 'running' && Number(effect?.getComputedTiming().duration) > 1,
      )
      .map((animation) => String((animation.effect as KeyframeEffect | null)?.target?.className)),
  )

/** Presses the facilitator's main button, which waits a moment after it changed its meaning. */
async function step({ page, hands }: Somebody, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first()
  await button.and(page.locator('[aria-disabled="false"]')).waitFor()
  await hands.press(button)
}

/** The facilitator's main button takes no press for a moment after it changed its meaning. */
const settled = ({ page }: Somebody) => page.locator('main [aria-disabled="false"]').first().waitFor()

/** Goes on until the table shows another block of this kind. */
async function forwardTo(chair: Somebody, kind: string): Promise<void> {
  const { page } = chair
  const place = page.getByText(/^\d+ of \d+$/).first()
  for (let blocks = 0; blocks < 12; blocks += 1) {
    const before = await place.textContent()
    await settled(chair)
    await page.keyboard.press('n')
    await expect.poll(() => place.textContent(), WAITS).not.toBe(before)
    if (await page.locator('main header').getByText(kind, { exact: true }).isVisible()) return
  }
  expect.fail(`There is no block “${kind}” to come.`)
}

/** The numbers of what somebody heard, each once, in the order in which they came. */
function numbersOf({ frames }: Somebody): number[] {
  return frames.flatMap((frame) => {
    const { type, number } = JSON.parse(frame) as { type: string; number: number }
    return type === 'news' ? [number] : []
  })
}
