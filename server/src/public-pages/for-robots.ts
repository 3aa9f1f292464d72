import { and, asc, desc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { accounts, groups, sessions } from '#db/schema.ts'
import { isPublic } from '../groups/known-groups.ts'
import { readGuide } from '../guide/read-guide.ts'
import type { House } from '../house.ts'
import { groupAddress, organizerAddress, sessionAddress } from './addresses.ts'

/** Addresses of each sort in the map of the site. All of them together stay far below the 50,000 that it may hold. */
const MOST_OF_EACH = 10_000

/** Pages that are for one person, or of others' sites. */
const NOT_FOR_ROBOTS = [
  '/api/',
  '/account',
  '/calendar/',
  '/commitments',
  '/embed/',
  '/join/',
  '/mail-link/',
  '/outbox',
  '/room/',
  '/rsvp/',
  '/sign-in',
  '/sign-up',
]

export const writeRobots = ({ config }: House): string =>
  [
    'User-agent: *',
    ...NOT_FOR_ROBOTS.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${config.origin}/sitemap.xml`,
    '',
  ].join('\n')

/** Every page that everybody may know of: the guide, public groups with their next sessions, organizers who want it. */
export async function writeSitemap(house: House): Promise<string> {
  const { origin } = house.config
  const { templates, programmes } = readGuide()
  const addresses = [
    ...['/', '/groups', '/guide', '/for-companies'].map((path) => origin + path),
    ...[...programmes.keys()].map((id) => `${origin}/guide/programmes/${id}`),
    ...[...templates.keys()].map((id) => `${origin}/guide/templates/${id}`),
    ...(await findGroups(house)).map(({ slug }) => groupAddress(house, slug)),
    ...(await findSessions(house)).map(({ slug, id }) => sessionAddress(house, slug, id)),
    ...(await findOrganizers(house)).flatMap(({ slug }) => (slug ? [organizerAddress(house, slug)] : [])),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.map((address) => `<url><loc>${escapeXml(address)}</loc></url>`),
    '</urlset>',
    '',
  ].join('\n')
}

const openGroup = and(isPublic, isNull(groups.archivedAt))

const findGroups = ({ db }: House) =>
  db
    .select({ slug: groups.slug })
    .from(groups)
    .where(openGroup)
    .orderBy(desc(groups.createdAt), asc(groups.id))
    .limit(MOST_OF_EACH)

const findSessions = ({ db, now }: House) =>
  db
    .select({ slug: groups.slug, id: sessions.id })
    .from(sessions)
    .innerJoin(groups, eq(groups.id, sessions.groupId))
    .where(and(openGroup, eq(sessions.status, 'scheduled'), gt(sessions.startsAt, now())))
    .orderBy(asc(sessions.startsAt), asc(sessions.id))
    .limit(MOST_OF_EACH)

const findOrganizers = ({ db }: House) =>
  db
    .select({ slug: accounts.publicSlug })
    .from(accounts)
    .where(and(isNotNull(accounts.publicSlug), isNull(accounts.suspendedAt)))
    .orderBy(asc(accounts.publicSlug))
    .limit(MOST_OF_EACH)

const escapeXml = (text: string) =>
  text.replace(/[<>&'"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
