import type { Segment } from '#shared/episodes.ts'

/** Lengths and counts of an episode, in words. */

/** "31 min", "1 h 2 min". */
export function lengthInWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${minutes} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** "1 chapter", "5,331 words". */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`

export const wordCount = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + (text.match(/\S+/gu)?.length ?? 0), 0)

/** Who speaks how often, most first. What nobody is named for is counted too. */
export function speakersOf(segments: readonly Segment[]): { name: string | null; times: number }[] {
  const times = new Map<string | null, number>()
  for (const { speaker } of segments) times.set(speaker, (times.get(speaker) ?? 0) + 1)
  return [...times]
    .map(([name, some]) => ({ name, times: some }))
    .sort((one, other) => other.times - one.times)
}
