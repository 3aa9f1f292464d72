import {
  sessionPage,
  sessionPicture,
  type Agenda,
  type OrganizerPage,
  type PublicSession,
} from './public-pages.ts'
import type { PublicGroup } from './groups.ts'

const SCHEMA = 'https://schema.org'

type Group = Pick<PublicGroup, 'slug' | 'name' | 'purpose' | 'places'>
type Page = Pick<Agenda, 'address' | 'organizers'>

/** A session as an Event of schema.org. It says what the page says: no online link, no room. */
export function toEvent(group: Group, session: PublicSession, { address, organizers }: Page): object {
  const { origin } = new URL(address)
  const page = `${origin}/groups/${group.slug}`
  const url = origin + sessionPage(group.slug, session.id)
  return {
    '@context': SCHEMA,
    '@type': 'Event',
    '@id': url,
    url,
    name: session.title,
    description: session.purpose || group.purpose || group.name,
    startDate: session.startsAt,
    endDate: session.endsAt,
    eventAttendanceMode: `${SCHEMA}/${attendanceMode(session)}`,
    eventStatus: `${SCHEMA}/${status(session)}`,
    ...(session.movedFrom ? { previousStartDate: session.movedFrom } : {}),
    location: locations(session, url),
    image: [origin + sessionPicture(group.slug, session.id)],
    organizer: [
      { '@type': 'Organization', name: group.name, url: page },
      ...organizers.map((person) => ({
        '@type': 'Person',
        name: person.name,
        ...(person.page ? { url: `${origin}/organizers/${person.page}` } : {}),
      })),
    ],
    maximumAttendeeCapacity: session.places?.all ?? group.places,
    ...(session.places ? { remainingAttendeeCapacity: session.places.free } : {}),
    isAccessibleForFree: true,
  }
}

/** An organizer as a Person of schema.org, by what their page says. */
export function toPerson({ address, name, about, groups }: OrganizerPage): object {
  const { origin } = new URL(address)
  return {
    '@context': SCHEMA,
    '@type': 'Person',
    '@id': address,
    url: address,
    name,
    ...(about ? { description: about } : {}),
    memberOf: groups.map((group) => ({
      '@type': 'Organization',
      name: group.name,
      url: `${origin}/groups/${group.slug}`,
    })),
  }
}

function attendanceMode({ venue, city, online }: PublicSession): string {
  if (!online) return 'OfflineEventAttendanceMode'
  return venue || city ? 'MixedEventAttendanceMode' : 'OnlineEventAttendanceMode'
}

function status({ state, movedFrom }: PublicSession): string {
  if (state === 'cancelled') return 'EventCancelled'
  return movedFrom ? 'EventRescheduled' : 'EventScheduled'
}

/** Members get the online link; for everybody else the way to it is the page. */
function locations({ venue, address, city, online }: PublicSession, url: string): object[] {
  const place =
    venue || address || city || !online
      ? [
          {
            '@type': 'Place',
            name: venue ?? city ?? 'Members hear where',
            ...(address || city
              ? {
                  address: {
                    '@type': 'PostalAddress',
                    ...(address ? { streetAddress: address } : {}),
                    ...(city ? { addressLocality: city } : {}),
                  },
                }
              : {}),
          },
        ]
      : []
  return online ? [...place, { '@type': 'VirtualLocation', url }] : place
}

/** As a data block of HTML. Nothing that is written in it can end the element or begin a comment. */
export function asScript(thing: object): string {
  const json = JSON.stringify(thing)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
  return `<script type="application/ld+json">${json}</script>`
}
