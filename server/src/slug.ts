import { randomInt } from 'node:crypto'

const LONGEST_BASE = 50
/** No letters that are easily mistaken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const SUFFIX = 6

/**
 * Addresses to try for a group, best first. Public groups are numbered when the name is taken. Others get letters
 * that nobody can guess, so an address neither opens an unlisted group nor tells that a private one exists.
 */
export function* slugsFor(name: string, isPublic: boolean): Generator<string> {
  const base = asciiOf(name)
  if (isPublic) {
    yield base
    for (let number = 2; number < 100; number += 1) yield `${base}-${number}`
  }
  for (;;) yield `${base}-${letters()}`
}

/** "Führung & Café" becomes "fuhrung-cafe"; a name without a Latin letter becomes "group". */
export function asciiOf(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_BASE)
    .replace(/^-+|-+$/g, '')
  return folded || 'group'
}

const letters = () => Array.from({ length: SUFFIX }, () => LETTERS[randomInt(LETTERS.length)]).join('')
