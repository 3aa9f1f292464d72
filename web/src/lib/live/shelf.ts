import type { Shelf } from './kept-answer.svelte.ts'

const memory = new Map<string, string>()

/** This device's storage; in a browser that denies it, words wait as long as the page is open. */
export const shelf: Shelf = {
  getItem: (key) => attempt(() => localStorage.getItem(key)) ?? memory.get(key) ?? null,
  setItem: (key, value) => {
    memory.set(key, value)
    attempt(() => localStorage.setItem(key, value))
  },
  removeItem: (key) => {
    memory.delete(key)
    attempt(() => localStorage.removeItem(key))
  },
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
