/** Time to go, as "6:28"; what ran over as "+0:42". */
export function leftInWords(seconds: number): string {
  const whole = Math.abs(Math.ceil(seconds))
  const sign = Math.ceil(seconds) < 0 ? '+' : ''
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** "2 min spare", "3 min over", "just fits". */
export function spareInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return 'just fits'
  return minutes > 0 ? `${minutes} min spare` : `${-minutes} min over`
}

/** "Ada", "Ada and Ben", "Ada, Ben and Cleo". */
export const namesInWords = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)

/** "1 is here", "4 are here". */
export const hereInWords = (count: number): string => (count === 1 ? '1 is here' : `${count} are here`)

/** How the prompt fits: fewer words stand larger. */
export type PromptSize = 'huge' | 'large' | 'medium' | 'small'
export function promptSize(prompt: string): PromptSize {
  const length = prompt.length
  if (length <= 70) return 'huge'
  if (length <= 210) return 'large'
  return length <= 420 ? 'medium' : 'small'
}

/** "1st", "2nd", "3rd", "4th". */
export function inLine(place: number): string {
  const ending = new Intl.PluralRules('en', { type: 'ordinal' }).select(place)
  return `${place}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[ending]}`
}
