import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import { placeInWords } from '#shared/where.ts'
import type { PublicSession } from '#shared/public-pages.ts'
import type { SessionRow } from '../sessions/guards.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { hostOf, type Picture } from './draw-picture.ts'
import { legible } from './legible.ts'
import { readComing, showSessions } from './read-agenda.ts'
import { readOrganizerPage } from './read-organizer-page.ts'

/** What the link of a page is shown with elsewhere: nothing that the page does not say. */
export const pictureOfHome = (house: House): Picture => ({
  over: 'Peer learning groups',
  title: 'Make your short side longer. Together.',
  where: 'The guide, the room and the notebook to practise leading, negotiating and giving feedback.',
  host: hostOf(house),
})

export async function pictureOfGroup(house: House, group: GroupRow): Promise<Picture> {
  const coming = await readComing(house, group)
  const next = coming.find(({ state }) => state === 'ahead' || state === 'now')
  return {
    over: kindOf(group),
    title: legible(group.name) ?? 'A group that practises what no course can teach',
    next: next ? `Next: ${whenOf(next, group.zone)}` : undefined,
    where: whereOf(next ?? { ...group, online: group.onlineLink !== null }),
    host: hostOf(house),
  }
}

export async function pictureOfSession(house: House, group: GroupRow, row: SessionRow): Promise<Picture> {
  const [session] = await showSessions(house, group, [row])
  if (!session) throw new Error('a session without a page')
  const name = legible(group.name)
  return {
    over: name ?? kindOf(group),
    title: legible(session.title) ?? 'A session of a group that practises',
    next: (session.state === 'cancelled' ? 'Cancelled: ' : '') + whenOf(session, group.zone),
    where: whereOf(session),
    host: hostOf(house),
  }
}

export async function pictureOfOrganizer(house: House, account: AccountRow): Promise<Picture> {
  const { name, groups, held } = await readOrganizerPage(house, { account })
  const counted = (number: number, one: string, many: string) =>
    number === 0 ? [] : [number === 1 ? `one ${one}` : `${number.toLocaleString('en')} ${many}`]
  const said = [
    ...counted(groups.length, 'group', 'groups'),
    ...counted(held, 'session held', 'sessions held'),
  ].join(', ')
  return {
    over: 'Organizes groups that practise together',
    title: legible(name) ?? 'An organizer of peer learning groups',
    where: said ? said.charAt(0).toUpperCase() + said.slice(1) : undefined,
    host: hostOf(house),
  }
}

const kindOf = ({ kind, city }: GroupRow): string => {
  const place = city ? legible(city) : undefined
  const what = kind === 'meetup' ? 'Meetup' : 'Group'
  return place ? `${what} in ${place}` : what
}

/** "Tue 24 November 2026, 18:30 (Berlin)". */
function whenOf({ startsAt }: PublicSession, zone: string): string {
  const at = new Date(startsAt)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone }).format(at)
  const day = `${part({ weekday: 'short' })} ${part({ day: 'numeric', month: 'long', year: 'numeric' })}`
  const clock = part({ hour: '2-digit', minute: '2-digit' })
  return `${day}, ${clock} (${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone})`
}

function whereOf(session: Pick<PublicSession, 'venue' | 'address' | 'city' | 'online'>): string | undefined {
  const place = legible(placeInWords({ ...session, room: null }))
  if (place) return session.online ? `${place}, and online` : place
  return session.online ? 'Online' : undefined
}
