import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible } from '#tests/axe.ts'
import { openBrowser } from '#tests/chromium.ts'
import { keyboard, type Hands } from '#tests/hands.ts'
import { openInstance, type Instance } from '#tests/instance.ts'

/** Words that only their writer may know until the reveal. */
const BENS_ANSWER = 'The eight seconds of silence, quietly counted.'
const CLEOS_ANSWER = 'That the first answer is for the asker.'

const DOCUMENT = `The quiet question

What happens when the person in front stops answering. A short talk with a planner.

Episode Timeline
00:00 - Everybody waits
01:30 - The card in the pocket
03:10 - Counting to eight

Transcript
00:00 - 00:40 | Host: You said that everybody was waiting for you.
00:40 - 01:30 | Guest: I had trained twelve adults to wait, and I was proud of it.
01:30 - 02:20 | Guest: So I wrote one rule on a card. I may only ask until somebody else has answered twice.
02:20 - 03:10 | Host: That sounds simple. It is not, I suppose.
03:10 - 04:00 | Guest: I count to eight. Somewhere around six somebody speaks who never does.
`

type Somebody = { name: string; page: Page; context: BrowserContext; hands: Hands; frames: string[] }

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

async function arrive(name: string, width: number): Promise<Somebody> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width, height: width < 500 ? 844 : 900 },
  })
  const page = await context.newPage()
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  page.on('pageerror', (problem) => {
    throw problem
  })
  return { name, page, context, frames, hands: keyboard(page) }
}

async function signUp({ name, page, hands }: Somebody): Promise<void> {
  await hands.write(page.getByLabel('Name', { exact: true }), name)
  await hands.write(page.getByLabel('E-mail'), `${name.toLowerCase()}@example.org`)
  await hands.write(page.getByLabel('Password', { exact: true }), 'a long enough one')
  await hands.press(page.getByRole('button', { name: 'Create my account' }))
}

/** Joins by the invite link, through the mail that the operator finds in the outbox. */
async function joinByLink(somebody: Somebody, operator: Somebody, link: string): Promise<void> {
  const { page, hands, name } = somebody
  await page.goto(link)
  await hands.press(page.getByRole('link', { name: 'Create my account' }))
  await signUp(somebody)
  await page.getByText('One more click').waitFor()

  const outbox = await operator.context.newPage()
  await outbox.goto(`${instance.origin}/outbox`)
  const mail = outbox.getByText(`${name.toLowerCase()}@example.org`).first()
  await mail.waitFor()
  const href = await outbox.locator('a[href*="/mail-link/"]').first().getAttribute('href')
  await outbox.close()

  await page.goto(new URL(href ?? '', instance.origin).href)
  await hands.press(page.getByRole('button', { name: /Confirm/ }))
  await hands.press(page.getByRole('button', { name: /^Join/ }))
  await page.waitForURL(/\/groups\//)
}

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

it(
  'lets a circle start, meet over an episode, and see afterwards what came of it',
  { timeout: 240_000 },
  async () => {
    const ada = await arrive('Ada', 1280)
    const ben = await arrive('Ben', 390)
    const cleo = await arrive('Cleo', 1280)

    // Ada is the first one here, and starts a group.
    await ada.page.goto(instance.origin)
    await ada.hands.press(ada.page.getByRole('link', { name: 'Create my account' }))
    await signUp(ada)
    await ada.page.waitForURL(`${instance.origin}/`)
    await ada.hands.press(ada.page.getByRole('link', { name: /Start/ }).first())
    await ada.hands.write(ada.page.getByLabel('Name of the group'), 'Quiet circle')
    await ada.hands.press(ada.page.getByRole('button', { name: 'Start the group' }))
    await ada.page.waitForURL(/\/groups\/[^/]+\/launch/)
    const home = ada.page.url().replace(/\/launch$/, '')
    const link = await ada.page.getByLabel('Invite link', { exact: true }).inputValue()

    // Two join by the link.
    await joinByLink(ben, ada, link)
    await joinByLink(cleo, ada, link)

    // An episode comes in as a document.
    await ada.hands.press(ada.page.getByRole('navigation').getByRole('link', { name: 'Episodes' }))
    await ada.hands.press(ada.page.getByRole('link', { name: 'Import an episode' }).first())
    await ada.hands.write(ada.page.getByLabel('Show notes, timeline or transcript'), DOCUMENT)
    await ada.hands.press(ada.page.getByRole('button', { name: 'See what is understood' }))
    await shown(ada.page, '3 chapters')
    await expectAccessible(ada.page)
    await ada.hands.press(ada.page.getByRole('button', { name: 'Save to this group' }))
    await ada.page.waitForURL(/\/episodes\/[0-9a-f-]{36}/)
    const episode = ada.page.url()

    // Cleo opens a thread on a quote; Ben reads it without reloading, and answers.
    await ben.page.goto(episode)
    await cleo.page.goto(episode)
    await cleo.hands.press(
      cleo.page.getByRole('button', { name: /Start a thread on this, 01:30|Start a thread on this, 1:30/ }),
    )
    await cleo.hands.write(
      cleo.page.getByLabel('What do you want to say about it?'),
      'How do you **wait** for two answers?',
    )
    await cleo.hands.press(cleo.page.getByLabel('This is an open question for a session'))
    await cleo.hands.press(cleo.page.getByRole('button', { name: 'Start the thread' }))
    await shown(ben.page, 'for two answers?')
    await expectAccessible(cleo.page)
    await ben.hands.press(ben.page.getByRole('article').getByRole('button').last())
    await ben.hands.write(ben.page.getByLabel('Your reply'), 'I hold a cup.')
    await ben.hands.press(ben.page.getByRole('button', { name: 'Reply', exact: true }))
    await shown(cleo.page, 'I hold a cup.')

    // A session is made of the episode.
    await ada.page.goto(episode)
    await ada.hands.press(ada.page.getByRole('link', { name: 'Make a session' }))
    await ada.page.waitForURL(/\/sessions\/new/)
    await ada.hands.press(ada.page.getByRole('button', { name: 'Schedule it and ask everybody' }))
    await ada.page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/)
    const session = ada.page.url()
    await expectAccessible(ada.page)
    await ada.hands.press(ada.page.getByRole('link', { name: /plan/i }).first())
    await ada.page.waitForURL(`${session}/plan`)
    await ada.page.getByRole('button', { name: 'Save' }).first().waitFor()

    // Both say that they come, and everybody gathers.
    const room = `${instance.origin}/room/${session.split('/').at(-1) ?? ''}`
    for (const one of [ben, cleo]) {
      await one.page.goto(session)
      await one.hands.press(one.page.getByRole('button', { name: 'I’m coming' }))
      await one.page.goto(room)
      await shown(one.page, 'The room is not open yet')
    }
    await ada.page.goto(session)
    await ada.hands.press(ada.page.getByRole('link', { name: 'Open the room' }))
    await ada.page.waitForURL(({ href }) => href.startsWith(room))
    // The facilitator's table is a stage: dark, whatever the system prefers.
    const stage = ada.page.locator('.stage').first()
    expect(await stage.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      'rgb(19, 25, 23)',
    )
    await expectAccessible(ada.page)
    await ada.hands.press(ada.page.getByRole('button', { name: 'Open the room' }))
    await shown(ben.page, 'The room is open')
    await shown(ada.page, '3 are here')
    await step(ada, 'Start the session')

    // To the block in which everybody writes alone.
    await forwardTo(ada, 'Write alone')
    const bensField = ben.page.getByRole('textbox')
    await bensField.waitFor()
    await expectAccessible(ada.page)
    await expectAccessible(ben.page)

    // Ben's line is cut while he writes, and the server dies and comes back.
    await ben.hands.write(bensField, BENS_ANSWER.slice(0, 20))
    await shown(ben.page, 'Saved.')
    await ben.context.setOffline(true)
    await ben.hands.write(bensField, BENS_ANSWER)
    await instance.kill()
    await shown(cleo.page, /offline|connection|catching up/i)
    await cleo.hands.write(cleo.page.getByRole('textbox'), CLEOS_ANSWER)
    await instance.start()
    await ben.context.setOffline(false)
    await shown(ben.page, 'Saved.')
    await shown(cleo.page, 'Saved.')
    await shown(ben.page, /· connected/)
    await ben.page.reload()
    await expect.poll(() => ben.page.getByRole('textbox').inputValue()).toBe(BENS_ANSWER)
    await ben.hands.press(ben.page.getByRole('button', { name: 'Done' }))
    await cleo.hands.press(cleo.page.getByRole('button', { name: 'Done' }))
    await shown(ada.page, '2 of 2 have written')

    // Nothing of it was on anybody's wire; the reveal puts it on everybody's.
    const heard = (text: string) =>
      [ada, ben, cleo].map(({ frames }) => frames.some((frame) => frame.includes(text)))
    expect([heard(BENS_ANSWER.slice(4)), heard(CLEOS_ANSWER)]).toEqual([
      [false, false, false],
      [false, false, false],
    ])
    await step(ada, 'Reveal answers')
    for (const { page } of [ada, ben, cleo]) {
      await shown(page, BENS_ANSWER)
      await shown(page, CLEOS_ANSWER)
    }
    expect([heard(BENS_ANSWER), heard(CLEOS_ANSWER)]).toEqual([
      [true, true, true],
      [true, true, true],
    ])
    await expectAccessible(ben.page)

    // The queue.
    await cleo.hands.press(cleo.page.getByRole('button', { name: 'Speak' }))
    await ada.hands.press(ada.page.getByRole('button', { name: 'Give floor to Cleo' }))
    await cleo.hands.press(cleo.page.getByRole('button', { name: 'I have spoken' }))

    // A commitment, and the end.
    await forwardTo(ada, 'Commit')
    await ben.hands.write(ben.page.getByLabel('If …'), 'somebody asks me twice')
    await ben.hands.write(ben.page.getByLabel('then I will …'), 'count to eight')
    await ben.hands.press(ben.page.getByRole('button', { name: 'I will do that' }))
    await shown(cleo.page, /count to eight/)
    await expectAccessible(ben.page)
    await forwardTo(ada, 'Close')
    await settled(ada)
    await ada.hands.press(
      ada.page
        .getByRole('button', { name: 'Close the session now' })
        .or(ada.page.getByRole('button', { name: 'Close the session', exact: true }))
        .first(),
    )
    await ada.hands.press(ada.page.getByRole('button', { name: 'Close it' }))

    // The wrap-up, for everybody, also by mail; and the dashboard.
    await ben.hands.press(ben.page.getByRole('link', { name: 'See the wrap-up' }))
    for (const words of [BENS_ANSWER, CLEOS_ANSWER, 'count to eight', 'Cleo']) await shown(ben.page, words)
    await ada.page.goto(`${instance.origin}/outbox`)
    await shown(ada.page, 'count to eight')
    await ada.page.goto(`${home}/dashboard`)
    await shown(ada.page, 'Who was heard')
    await shown(ada.page, 'Cleo')
  },
)

/** Presses the facilitator's main button, which waits a moment after it changed its meaning. */
async function step({ page, hands }: Somebody, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first()
  await button.and(page.locator('[aria-disabled="false"]')).waitFor()
  await hands.press(button)
}

/** The facilitator's main button takes no press for a moment after it changed its meaning. */
const settled = ({ page }: Somebody) => page.locator('main [aria-disabled="false"]').waitFor()

/** Goes on until the stage shows a block of this kind. */
async function forwardTo(chair: Somebody, kind: string): Promise<void> {
  const { page } = chair
  const place = page.getByText(/^\d+ of \d+$/).first()
  for (let blocks = 0; blocks < 20; blocks += 1) {
    if (await page.locator('main header').getByText(kind, { exact: true }).isVisible()) return
    const before = await place.textContent()
    await settled(chair)
    await page.keyboard.press('n')
    await expect.poll(() => place.textContent()).not.toBe(before)
  }
  expect.fail(`There is no block “${kind}” to come.`)
}
