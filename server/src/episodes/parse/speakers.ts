const LONGEST_NAME = 60
const MOST_WORDS = 5
/** Words between the parts of a name that need no capital. */
const PARTICLES =
  /^(?:and|&|und|et|y|of|the|van|von|de|der|den|del|della|di|da|la|le|bin|al|dr|mr|mrs|ms)\.?$/iu
const ROLES =
  /^(?:host|co-?host|guest|speaker|interviewer|interviewee|narrator|moderator|announcer|caller|audience|question|answer)s?(?:[ _-]?\w{1,3})?$/iu
/** What stands behind a name after a comma. */
const DEGREES = /(?:,\s*(?:ph\.?\s?d|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|rn|jr|sr|esq|i{2,3})\.?)+$/iu
/** Words that open a sentence with a colon far more often than they name somebody. */
const NOT_NAMES =
  /^(?:https?|note|notes|ps|remember|warning|example|so|and|but|well|now|first|second|third|finally|then|also|because|today|here|this|that|it|he|she|they|we|you|i|what|why|how|who|when|where|tip|tips|link|links|time|date|title|url|email|e-mail|music|sponsor|sponsors|update|spoiler|disclaimer|fact|reason|result|rule)$/iu

/** Whether these words before a colon could be a name: few of them, each with a capital, a digit or a particle. */
function looksLikeName(label: string): boolean {
  const name = label.trim().replace(DEGREES, '')
  if (name.length === 0 || name.length > LONGEST_NAME || NOT_NAMES.test(name)) return false
  if (ROLES.test(name)) return true
  if (/[?!,;"“”]|\d:\d/u.test(name)) return false
  const words = name.split(/\s+/u)
  return (
    words.length <= MOST_WORDS &&
    !/^\d+$/u.test(name) &&
    words.every(
      (word) =>
        /^[("'#]?(?:\p{Lu}|\p{Lo}|\d|\p{Lt})/u.test(word) ||
        PARTICLES.test(word) ||
        /^\(.*\)?$|.*\)$/u.test(word),
    ) &&
    /\p{L}/u.test(name)
  )
}

/** What stands before a colon at the beginning of a line, when it could be a name. */
export const candidateName = (line: string): string | undefined => splitName(line)?.name

/** A line with its candidate for a name taken off. */
export function splitName(line: string): { name: string; rest: string } | undefined {
  const head = line.slice(0, LONGEST_NAME + 20)
  const colon = head.search(/[:：]/u)
  if (colon === -1) return undefined
  const name = head
    .slice(0, colon)
    .trim()
    .replace(/^[*_]{0,3}\[?|\]?[*_]{0,3}$/gu, '')
    .trim()
  const after = line.slice(colon + 1).replace(/^[*_]{1,3}/u, '')
  if (!looksLikeName(name) || !/^(?:\s|$)/u.test(after)) return undefined
  return { name, rest: after.trim() }
}

/**
 * The names that speak in a text of many lines: each is there more than once, or most lines begin with some name.
 * A single “Remember: …” makes nobody a speaker.
 */
export function findSpeakers(lines: readonly string[]): Set<string> {
  const counts = new Map<string, number>()
  let named = 0
  for (const line of lines) {
    const name = candidateName(line)
    if (name === undefined) continue
    named += 1
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const mostly = named * 3 >= lines.length
  return new Set([...counts].filter(([, count]) => mostly || count > 1).map(([name]) => name))
}
