const CUE_TIME = /^(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,6})(?:[.,:](\d{1,9}))?$/

/**
 * Seconds, of a time as real files write it: `00:01:02.500`, `1:02,5`, `3:19.460`, `0.860`. Undefined when it
 * is none.
 */
export function readTime(text: string): number | undefined {
  const [, hours, minutes, seconds, fraction] = CUE_TIME.exec(text.trim()) ?? []
  if (seconds === undefined) return undefined
  if (minutes !== undefined && Number(seconds) > 59) return undefined
  if (hours !== undefined && Number(minutes) > 59) return undefined
  const whole = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)
  return fraction === undefined ? whole : Number(`${whole}.${fraction}`)
}
