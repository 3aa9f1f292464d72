import type { GuestRequest } from '#shared/guests.ts'
import type { House } from '../house.ts'
import { showSessions } from '../public-pages/read-agenda.ts'
import type { AskedFor } from './guards.ts'

/** Looking confirms nothing: mail programs and their scanners look, too. */
export async function readGuestRequest(
  house: House,
  { request, group, session }: AskedFor,
): Promise<GuestRequest> {
  const [shown] = await showSessions(house, group, [session])
  if (!shown) throw new Error('a session that can’t be shown')
  return { name: request.name, groupName: group.name, slug: group.slug, zone: group.zone, session: shown }
}
