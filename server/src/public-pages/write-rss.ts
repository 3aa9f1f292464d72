import { generateRssFeed } from 'feedsmith'
import { groupRss } from '#shared/public-pages.ts'
import { placeInWords } from '#shared/where.ts'
import type { House } from '../house.ts'
import { sayWhen } from '../sessions/local-time.ts'
import { groupAddress, sessionAddress } from './addresses.ts'
import type { KnownGroup } from './guards.ts'
import { findComing, showSessions } from './read-agenda.ts'

/** Minutes after which a reader should look again. */
const LOOK_AGAIN = 60

/** The sessions ahead of a public group, for readers of feeds: what its page says, and no more. */
export async function writeRss(house: House, { group }: KnownGroup): Promise<string> {
  const rows = await findComing(house, group)
  const shown = await showSessions(house, group, rows)
  const page = groupAddress(house, group.slug)
  return generateRssFeed({
    title: printable(group.name),
    link: page,
    description: printable(group.purpose) || `Sessions of ${printable(group.name)}`,
    language: group.language ?? undefined,
    generator: 'Shortside',
    ttl: LOOK_AGAIN,
    atom: {
      links: [{ href: house.config.origin + groupRss(group.slug), rel: 'self', type: 'application/rss+xml' }],
    },
    items: rows.map((row, index) => {
      const session = shown[index]
      const when = sayWhen(row, group.zone)
      const place = session ? placeInWords({ ...session, room: null }) : ''
      const where = session?.online ? [place, 'online'].filter(Boolean).join(', and ') : place
      const cancelled = row.status === 'cancelled' ? 'Cancelled: ' : ''
      return {
        title: printable(`${cancelled}${row.title}, ${when}`),
        link: sessionAddress(house, group.slug, row.id),
        description: printable([when, where, row.purpose].filter(Boolean).join('. ')),
        guid: { value: `urn:uuid:${row.id}`, isPermaLink: false },
        pubDate: row.createdAt,
      }
    }),
  })
}

/** What XML can't hold is left out. */
const printable = (text: string) =>
  text
    .toWellFormed()
    .replace(/(?![\n\t])\p{Cc}|[\uFFFE\uFFFF]/gu, '')
    .trim()
