/** "2026-10" in words: "October 2026", or as short as a chart has room for: "Oct". */
export const monthInWords = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01`),
  )
export const monthInShort = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01`))

/** What stands where a number is left out: who can't see the sign hears the words. */
export const LEFT_OUT = 'left out'

export const count = (number: number, one: string, more: string): string =>
  `${number} ${number === 1 ? one : more}`
