import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** How a person without a mouse uses a page. */
export type Hands = {
  /** Presses a button, follows a link, ticks a box. */
  press: (what: Locator) => Promise<void>
  /** Writes into a field, over what stands there. */
  write: (where: Locator, text: string) => Promise<void>
}

/** More stops than this, and nobody would call a page usable with the keyboard. */
const MOST_TABS = 250

/** Reaches everything with Tab, and never touches a mouse. */
export function keyboard(page: Page): Hands {
  const reach = async (what: Locator) => {
    await what.waitFor()
    for (const step of ['Tab', 'Shift+Tab']) {
      for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
        if (await what.evaluate((element) => element === document.activeElement)) return
        await page.keyboard.press(step)
      }
    }
    expect.fail(`The keyboard does not reach ${String(what)} on ${page.url()}`)
  }
  return {
    press: async (what) => {
      await reach(what)
      const ticked = await what.evaluate((element) => element instanceof HTMLInputElement)
      await page.keyboard.press(ticked ? 'Space' : 'Enter')
    },
    write: async (where, text) => {
      await reach(where)
      const type = await where.getAttribute('type')
      // The segments of a date or a time take keys of their own in each language; `fill` is what they add up to.
      if (type === 'date' || type === 'time') return where.fill(text)
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(text)
    },
  }
}
