import { guestRequests } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { guestCalls } from '#shared/guests.ts'
import { hashToken } from '#server/links.ts'
import { canary } from './canary.ts'
import type { TestHouse } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, facilitators, members, only, organizers, signedIn } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

const MADE_UP = { params: { token: 'x'.repeat(43) } }

/** Somebody typed an address while the circle still had a public page. Nobody reads it, and its link opens nothing now. */
export async function askOnce(
  { house }: TestHouse,
  groupId: string,
  sessionId: string,
): Promise<{ guestToken: string }> {
  const guestToken = 'guest'.padEnd(43, 'x')
  await house.db.insert(guestRequests).values({
    tokenHash: hashToken(guestToken),
    groupId,
    sessionId,
    name: canary('guest asked name'),
    email: `${canary('guest asked mail')}@example.net`,
    createdAt: house.now(),
    expiresAt: new Date(house.now().getTime() + 3_600_000),
  })
  return { guestToken }
}

const ofNext = ({ slug, nextId }: World) => ({ slug, sessionId: nextId })

type Calls = typeof guestCalls

export const GUEST_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  // The circle is private, so nobody comes to it as a guest.
  askAsGuest: {
    says: everybody('not-found'),
    ask: (world) => ({ params: ofNext(world), body: { name: 'Nia', email: 'nia@example.net' } }),
  },
  comeAsGuest: {
    says: { ...only({}), unverified: 'not-verified' },
    ask: (world) => ({ params: ofNext(world), body: {} }),
  },
  readGuestRequest: {
    says: everybody('link-used-up'),
    ask: ({ guestToken }) => ({ params: { token: guestToken } }),
  },
  confirmGuest: { says: everybody('link-used-up'), ask: () => ({ ...MADE_UP, body: {} }) },
  listMyGuestSessions: { says: signedIn },
  removeGuest: {
    says: { ...facilitators, facilitator: 'not-found', organizer: 'not-found' },
    ask: ({ nextId, people }) => ({
      params: { sessionId: nextId, accountId: people.stranger.id },
      body: {},
    }),
  },
  readGuestSetting: {
    says: { ...members, member: 'not-allowed' },
    ask: ({ slug }) => ({ params: { slug } }),
  },
  setGuestsWelcome: {
    says: organizers,
    ask: ({ slug }) => ({ params: { slug }, body: { guestsWelcome: true } }),
  },
}
