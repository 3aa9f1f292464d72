import type { FoundGroup, GroupKind, Rhythm, Role, Visibility } from '#shared/groups.ts'
import { clock, inWords } from '#lib/ui/time.ts'

export const KIND_WORDS: Record<GroupKind, string> = { internal: 'Company group', meetup: 'Meetup' }

/** Who finds a group, as its tag says it. */
export const VISIBILITY_WORDS: Record<Visibility, string> = {
  private: 'private',
  unlisted: 'not listed',
  colleagues: 'colleagues find it',
  public: 'public page',
}

export const RHYTHM_WORDS: Record<Rhythm, string> = {
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  monthly: 'Every month',
  none: 'No fixed rhythm',
}

export const ROLE_WORDS: Record<Role, string> = {
  organizer: 'Organizer',
  facilitator: 'Facilitator',
  member: 'Member',
}

export const ROLE_MEANS: Record<Role, string> = {
  organizer: 'May change the group and who is in it, and prepare and run sessions.',
  facilitator: 'May prepare and run sessions.',
  member: 'Takes part.',
}

/** "Berlin time", as people say it. */
export const zoneInWords = (zone: string): string =>
  zone.includes('/') ? `${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone} time` : zone

/** When a group meets next, on its own wall clock, with the clock named. */
export function nextInWords({
  next,
  firstSessionAt,
  zone,
}: Pick<FoundGroup, 'next' | 'firstSessionAt' | 'zone'>): string | undefined {
  if (next) return `${inWords(next.startsAt, zone)} to ${clock(next.endsAt, zone)} (${zoneInWords(zone)})`
  if (firstSessionAt) return `${inWords(firstSessionAt, zone)} (${zoneInWords(zone)})`
  return undefined
}

/** The same moment on the reader's own clock; nothing when that shows the same as the group's. */
export const forReader = (
  at: string | null | undefined,
  groupZone: string,
  zone: string | undefined,
): string =>
  at && zone && inWords(at, zone) !== inWords(at, groupZone)
    ? `${inWords(at, zone)} for you (${zoneInWords(zone)})`
    : ''

export function placesInWords({ memberCount, places }: Pick<FoundGroup, 'memberCount' | 'places'>): string {
  const free = places - memberCount
  if (free <= 0) return `All ${places} places are taken`
  return free === 1 ? `One of ${places} places is free` : `${free} of ${places} places are free`
}

/** What a number of places means for a conversation. */
export function sizeAdvice(places: number): string {
  if (!(places >= 2)) return 'At least two.'
  if (places <= 8) return 'Up to eight, everybody gets to speak.'
  if (places <= 12) return 'Above eight, quiet people speak less. Plan pairs and trios.'
  return 'Above twelve, talk at sub-tables of three to five, or start a second group.'
}

/** How far a city is from another. Where in it a group meets is not counted, so nothing finer than a kilometre. */
export const distanceInWords = (kilometres: number): string =>
  kilometres < 1 ? '' : `, ${Math.round(kilometres)} km away`
