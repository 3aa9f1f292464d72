/** Moments of an episode, in seconds, as people read and write them. */

/** `12:34`, or `1:02:34` from an hour on. */
export function timecode(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (number: number) => String(number).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`
}

/** The one form of link that we give. */
export const linkToMoment = (seconds: number): string => `#t=${Math.max(0, Math.floor(seconds))}`

/** Reads the forms seen in links: `754`, `12:34`, `1:02:34`, `12m34s`, and the beginning of `754,800` or `npt:754,800`. */
export function parseMoment(text: string): number | undefined {
  const [from = ''] = text.trim().toLowerCase().replace(/^npt:/, '').split(',')
  if (/^\d{1,6}(\.\d+)?s?$/.test(from)) return Number.parseFloat(from)
  const colons = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:\.\d+)?)$/.exec(from)
  const units = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s)?$/.exec(from)
  const [, hours, minutes, seconds] = colons ?? units ?? []
  if (!hours && !minutes && !seconds) return undefined
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}

/** The moment that an address asks for: `#t=…`, `?t=…` or `?start=…`. */
export function momentOf(url: Pick<URL, 'hash' | 'searchParams'>): number | undefined {
  const inHash = new URLSearchParams(url.hash.slice(1)).get('t')
  return [inHash, url.searchParams.get('t'), url.searchParams.get('start')]
    .map((text) => (text === null ? undefined : parseMoment(text)))
    .find((moment) => moment !== undefined)
}
