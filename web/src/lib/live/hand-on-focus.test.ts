import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { handOnFocus, handOnFocusIn } from './hand-on-focus.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A page on which a button goes away, and the focus is then on its body or somewhere else. */
async function leave({ pressed, elsewhere }: { pressed: boolean; elsewhere: boolean }) {
  const body = {}
  const heading = { tabIndex: 0, focus: vi.fn() }
  vi.stubGlobal('document', { body, activeElement: elsewhere ? heading : body, querySelector: () => heading })
  const button = new EventTarget() as HTMLElement
  const gone = handOnFocus(button)
  if (pressed) button.dispatchEvent(new Event('click'))
  gone()
  await setImmediate()
  return heading
}

it('L39: whoever pressed what goes away, such as “Take it back”, goes on at the heading', async () => {
  const heading = await leave({ pressed: true, elsewhere: false })
  expect(heading.focus).toHaveBeenCalledOnce()
  expect(heading.tabIndex).toBe(-1)
})

it('goes on at the next button of the same part, such as “End turn” after “Give floor”', async () => {
  const heading = { focus: vi.fn() }
  const body = {}
  vi.stubGlobal('document', { body, activeElement: body, querySelector: () => heading })
  const next = { focus: vi.fn() }
  const part = { querySelector: () => next } as unknown as HTMLElement
  const button = new EventTarget() as HTMLElement
  const gone = handOnFocusIn(() => part)(button)
  button.dispatchEvent(new Event('click'))
  gone()
  await setImmediate()
  expect(next.focus).toHaveBeenCalledOnce()
  expect(heading.focus).not.toHaveBeenCalled()
})

it('L39: whoever did not press it, or is elsewhere by now, stays where they are', async () => {
  for (const how of [
    { pressed: false, elsewhere: false },
    { pressed: true, elsewhere: true },
  ])
    expect((await leave(how)).focus).not.toHaveBeenCalled()
})
