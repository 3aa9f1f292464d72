import { Temporal } from 'temporal-polyfill'
import { DIGEST_FROM, DIGEST_UNTIL, type DigestRhythm } from '#shared/following.ts'

/**
 * The newest time at which a digest of this rhythm was due in a zone: at eight in the morning, every day or on Mondays.
 * Nothing at an hour at which nobody should get one: whoever was away then is told in the morning.
 */
export function dueSince(rhythm: DigestRhythm, zone: string, now: Date): Date | undefined {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  if (here.hour < DIGEST_FROM || here.hour >= DIGEST_UNTIL) return undefined
  const day = rhythm === 'daily' ? here : here.subtract({ days: here.dayOfWeek - 1 })
  const slot = day.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: { hour: DIGEST_FROM } })
  return new Date(slot.epochMilliseconds)
}

/** From when on a first digest tells. */
export const periodBefore = (slot: Date, rhythm: DigestRhythm): Date =>
  new Date(slot.getTime() - (rhythm === 'daily' ? 1 : 7) * 86_400_000)
