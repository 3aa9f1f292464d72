import { Temporal } from 'temporal-polyfill'

/** The instant that a clock on the wall of a zone shows, from what date and time fields give. */
export function instantOf(day: string, time: string, zone: string): string | undefined {
  try {
    return new Date(
      Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds,
    ).toISOString()
  } catch {
    return undefined
  }
}

/** What the date and time fields show for an instant. */
export function onTheWall(instant: string, zone: string): { day: string; time: string } {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return {
    day: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

/** The zone of whoever looks at the page. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** All zones that this machine knows, with the given one among them. */
export function zonesWith(zone: string): string[] {
  const zones = Intl.supportedValuesOf('timeZone')
  return [...new Set([...zones, 'UTC', zone])].filter(Boolean).toSorted()
}
