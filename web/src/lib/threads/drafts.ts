/** What was begun to be written, kept on this device until the server has it: a crash costs nobody their words. */

const PREFIX = 'shortside:draft:'

export function readDraft(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null')
  } catch {
    return null
  }
}

export function keepDraft(key: string, draft: object): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft))
  } catch {
    // Full or forbidden storage: the words are still in the field.
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Nothing was kept then.
  }
}

/** Drops what was kept here, and not what another tab has kept there since. */
export function dropOwnDraft(key: string, draft: object): void {
  if (JSON.stringify(readDraft(key)) === JSON.stringify(draft)) dropDraft(key)
}

/** Whoever signs out leaves no words behind that they did not send. */
export function dropDraftsOf(accountId: string): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX) && key.includes(accountId)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}
