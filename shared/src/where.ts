/** Where people meet, as a group or one of its sessions says it. */
export type Place = {
  room: string | null
  venue: string | null
  /** Street and number. */
  address: string | null
  city: string | null
  /** How to get in. */
  accessNotes: string
}

type OfGroup = Pick<Place, 'venue' | 'address' | 'city' | 'accessNotes'>
type OfSession = Pick<Place, 'room' | 'venue' | 'address' | 'accessNotes'>

/**
 * Where a session is. A place of its own is written whole, with its city, because it may be another one; otherwise it is
 * where the group meets, and only how to get in may be said anew.
 */
export function placeOf(group: OfGroup, session: OfSession): Place {
  const { room, venue, address, accessNotes } = session
  if (venue || address) return { room, venue, address, city: null, accessNotes }
  return {
    room,
    venue: group.venue,
    address: group.address,
    city: group.city,
    accessNotes: accessNotes || group.accessNotes,
  }
}

/**
 * The same for people who are not in the group. The room is for members; how one gets into a company is, too, whoever has
 * the address of its group.
 */
export function openPlaceOf(
  group: OfGroup & { kind: 'internal' | 'meetup' },
  session: OfSession,
): Omit<Place, 'room'> {
  const { room: _room, ...place } = placeOf(group, session)
  return group.kind === 'meetup' ? place : { ...place, address: null, accessNotes: '' }
}

const same = (one: string, other: string) => one.localeCompare(other, 'en', { sensitivity: 'base' }) === 0

/** "Room 4, Library, Sand 12, Hamburg": what is known, each once. Empty when nothing is. */
export function placeInWords({ room, venue, address, city }: Omit<Place, 'accessNotes'>): string {
  const parts = [room, venue, address].flatMap((part) => (part?.trim() ? [part.trim()] : []))
  const known = parts.some((part) => part.split(/[\s,]+/).some((word) => city && same(word, city)))
  const all = city && !known ? [...parts, city] : parts
  return all.filter((part, at) => all.findIndex((other) => same(other, part)) === at).join(', ')
}

export type Way = 'in person' | 'online' | 'hybrid'

/** How people come together; nothing while neither place nor link is known. */
export function wayOf(place: string | null, online: boolean): Way | undefined {
  if (place) return online ? 'hybrid' : 'in person'
  return online ? 'online' : undefined
}

/** Where to look a place up: for everybody's browser, and for the map program of a telephone. */
export type MapLinks = { web: string; geo: string }

/** Nothing when only the city is known, or a room: a map would lead to the wrong door. */
export function mapLinksOf({
  venue,
  address,
  city,
}: Pick<Place, 'venue' | 'address' | 'city'>): MapLinks | undefined {
  if (!venue && !address) return undefined
  // A street is found more surely without the name of the house.
  const wanted = placeInWords({ room: null, venue: address ? null : venue, address, city })
  const query = encodeURIComponent(wanted)
  return { web: `https://www.openstreetmap.org/search?query=${query}`, geo: `geo:0,0?q=${query}` }
}
