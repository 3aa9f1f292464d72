/** A word that stands nowhere else, so that finding it says where it got out. */
export const canary = (what: string) => `zq${what.toLowerCase().replace(/[^a-z]/g, '')}qz`
export const canariesIn = (text: string): string[] => [...new Set(text.match(/zq[a-z]+?qz/g))]

/** Some words of the episode, at its third second. */
export const anchorOf = (quote: string) => ({
  quote,
  prefix: '',
  suffix: '',
  speaker: null,
  start: 3,
  end: null,
  chapter: null,
})
