import type { Transaction } from '#db/connect.ts'
import { eq } from 'drizzle-orm'
import { seriesLinks } from '#db/schema.ts'
import { forMember } from '../calendar/read-sessions.ts'
import { writeSessions } from '../calendar/write-calendar.ts'
import type { RsvpState } from '#shared/sessions.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { sendMail, type Letter } from '../mail/send-mail.ts'
import type { SessionRow } from '../sessions/guards.ts'
import { sayWhen } from '../sessions/local-time.ts'
import { footerOf, readAddressees } from '../sessions/mail-members.ts'
import type { SeriesRow } from './guards.ts'

/** Dates that a mail lists; the page has them all. */
const MOST_LISTED = 30
const ALSO_YOURS =
  'The link to register needs no sign-in and registers you, so leave it out when you pass this on.'

export const seriesPage = (house: House, slug: string, seriesId: string): string =>
  `${house.config.origin}/groups/${slug}/series/${seriesId}`

type When = { title: string; startsAt: Date; endsAt: Date }

/** One line for each date, on the clock of the series. */
export function listDates(dates: readonly When[], zone: string, titles = false): string {
  const lines = dates
    .slice(0, MOST_LISTED)
    .map((date) => `- ${sayWhen(date, zone).replace(` (${zone})`, '')}${titles ? `: ${date.title}` : ''}`)
  const more = dates.length - MOST_LISTED
  return [...lines, ...(more > 0 ? [`- and ${more} more, on the page`] : [])].join('\n')
}

/** The sessions as one file, for the calendars of people who get it by mail. */
export const asFile = (
  house: House,
  group: GroupRow,
  sessions: readonly SessionRow[],
  said: ReadonlyMap<string, RsvpState> = new Map(),
): string =>
  writeSessions(
    house,
    group.name,
    sessions.map((session) => forMember(house, group, session, said.get(session.id) ?? null)),
  )

/** One letter to each member but its writer; with a way to register for whoever is not. */
export async function mailAboutSeries(
  house: House,
  tx: Transaction,
  group: GroupRow,
  series: SeriesRow,
  letter: Omit<Letter, 'to' | 'footer' | 'choices'>,
  { but, registered = [] }: { but?: string; registered?: readonly string[] | 'nobody is asked' } = {},
): Promise<void> {
  const people = await readAddressees(tx, group.id, but)
  const asked = registered === 'nobody is asked' ? [] : people.filter(({ id }) => !registered.includes(id))
  const links = await makeSeriesLinks(house, tx, series, asked)
  for (const { id, email } of people) {
    const url = links.get(id)
    const footer = url ? `${footerOf(group)} ${ALSO_YOURS}` : footerOf(group)
    await sendMail(house, tx, {
      ...letter,
      to: email,
      footer,
      ...(url ? { choices: [{ label: 'Register for all of them', url }] } : {}),
    })
  }
}

/** What each of these people can register with from a mail. A second mail has the same link. */
export async function makeSeriesLinks(
  house: House,
  tx: Transaction,
  { id: seriesId, groupId }: SeriesRow,
  people: readonly { id: string }[],
): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  await tx
    .insert(seriesLinks)
    .values(people.map(({ id: accountId }) => ({ groupId, seriesId, accountId })))
    .onConflictDoNothing()
  const links = await tx.select().from(seriesLinks).where(eq(seriesLinks.seriesId, seriesId))
  const wanted = new Set(people.map(({ id }) => id))
  return new Map(
    links
      .filter(({ accountId }) => wanted.has(accountId))
      .map(({ id, accountId }) => [
        accountId,
        `${house.config.origin}/series/${house.links.sign('series', id)}`,
      ]),
  )
}
