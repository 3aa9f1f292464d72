/** Drops what this browser keeps under the name of an account: words that were never sent, where reading stopped. */
export function forgetDevice(accountId: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.includes(accountId)) localStorage.removeItem(key)
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
}
