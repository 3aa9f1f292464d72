import type { Page } from 'playwright-core'

/** Gives what somebody pressed and lost their place by: it went away, and a second later the focus was at the top of the page. */
export async function watchFocus(page: Page): Promise<string[]> {
  const lost: string[] = []
  await page.exposeFunction('lostFocus', (name: string) => void lost.push(name))
  await page.addInitScript(() => {
    const { lostFocus } = window as typeof window & { lostFocus: (name: string) => void }
    addEventListener(
      'click',
      ({ target }) => {
        const pressed = (target as Element).closest('button, a, summary')
        setTimeout(() => {
          if (pressed?.isConnected === false && document.activeElement === document.body)
            lostFocus(pressed.textContent.trim())
        }, 1_000)
      },
      true,
    )
  })
  return lost
}
