import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import type { GroupKind, Visibility } from './groups.ts'
import { PublicSession } from './public-pages.ts'

/** How long the link holds that confirms an address; never past the start of the session. */
export const CONFIRM_WITHIN = 24 * 60 * 60_000
/** How often one address may ask within a day, and how many addresses may ask for one session within an hour. */
export const MOST_ASKED_A_DAY = 6
export const MOST_ASKED_AN_HOUR = 60
export const LONGEST_GUEST_NAME = 80

type OfGroup = { kind: GroupKind; visibility: Visibility; guestsWelcome: boolean | null }

/**
 * Whether somebody may come to one session without joining: as the session says, else the group; else where everybody
 * finds the group, and it is a meetup. Never where strangers can't open the page of the group.
 */
export function welcomesGuests(group: OfGroup, session: { guestsWelcome: boolean | null }): boolean {
  if (group.visibility !== 'public' && group.visibility !== 'unlisted') return false
  return session.guestsWelcome ?? welcomesByItself(group)
}

/** What holds for sessions that say nothing about it. */
export const welcomesByItself = ({ kind, visibility, guestsWelcome }: OfGroup): boolean =>
  guestsWelcome ?? (kind === 'meetup' && visibility === 'public')

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Uuid = Type.String({ format: 'uuid' })
const Empty = Type.Object({})
const Name = Type.String({
  minLength: 1,
  maxLength: LONGEST_GUEST_NAME,
  pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
})

/** What somebody types to come to one session. */
export const GuestDraft = Type.Object({
  name: Name,
  email: Type.String({ format: 'email', maxLength: 254 }),
})
export type GuestDraft = Static<typeof GuestDraft>

/** What the link of the mail opens, before the button behind it is pressed. */
export const GuestRequest = Type.Object({
  name: Type.String(),
  groupName: Type.String(),
  /** Its page. */
  slug: Type.String(),
  /** On the wall clock of that zone: nobody knows the reader's. */
  zone: Type.String(),
  session: PublicSession,
})
export type GuestRequest = Static<typeof GuestRequest>

/** Where a guest goes on: the token of the page with their place. */
export const Confirmed = Type.Object({ token: Type.String() })
export type Confirmed = Static<typeof Confirmed>

/** A session that I come to as a guest. */
export const GuestSession = Type.Object({
  token: Type.String(),
  groupName: Type.String(),
  slug: Type.String(),
  zone: Type.String(),
  title: Type.String(),
  startsAt: Type.String({ format: 'date-time' }),
  endsAt: Type.String({ format: 'date-time' }),
  status: Type.Enum(['scheduled', 'live', 'wrapped-up', 'cancelled']),
  mine: Nullable(Type.Enum(['coming', 'not-coming', 'waiting', 'offered'])),
  /** I was there. */
  present: Type.Boolean(),
})
export type GuestSession = Static<typeof GuestSession>

/** What a group says about guests, and what holds while a session says nothing. */
export const GuestSetting = Type.Object({
  guestsWelcome: Nullable(Type.Boolean()),
  welcomes: Type.Boolean(),
  /** Whether strangers can open a page of the group at all. */
  possible: Type.Boolean(),
})
export type GuestSetting = Static<typeof GuestSetting>

const OfPublicSession = Type.Object({ slug: Type.String({ maxLength: 80 }), sessionId: Uuid })
const OfGroup = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const OfToken = Type.Object({ token: Type.String({ maxLength: 200 }) })

export const guestCalls = define({
  askAsGuest: {
    method: 'POST',
    path: '/api/groups/:slug/agenda/:sessionId/guests',
    params: OfPublicSession,
    body: GuestDraft,
    response: Empty,
    summary:
      'Ask to come to one session by e-mail. A link in a mail confirms it; the answer is always the same',
  },
  comeAsGuest: {
    method: 'POST',
    path: '/api/groups/:slug/agenda/:sessionId/guests/me',
    params: OfPublicSession,
    body: Empty,
    response: Confirmed,
    summary: 'Come to one session as somebody who is signed in: no mail is needed',
  },
  readGuestRequest: {
    method: 'GET',
    path: '/api/guest-requests/:token',
    params: OfToken,
    response: GuestRequest,
    summary: 'Look at the session behind a link of a mail; that confirms nothing',
  },
  confirmGuest: {
    method: 'POST',
    path: '/api/guest-requests/:token',
    params: OfToken,
    body: Empty,
    response: Confirmed,
    summary: 'Confirm the address, once, and take a place or wait for one',
  },
  listMyGuestSessions: {
    method: 'GET',
    path: '/api/me/guest-sessions',
    response: Type.Array(GuestSession),
    summary: 'Sessions that I come or came to as a guest, latest first, at most 100',
  },
  removeGuest: {
    method: 'POST',
    path: '/api/sessions/:sessionId/guests/:accountId/remove',
    params: Type.Object({ sessionId: Uuid, accountId: Uuid }),
    body: Empty,
    response: Empty,
    summary: 'Take a guest off the list of a session; they hear so by mail',
  },
  readGuestSetting: {
    method: 'GET',
    path: '/api/groups/:slug/guests-welcome',
    params: OfGroup,
    response: GuestSetting,
    summary: 'Whether guests may come to sessions of the group that say nothing about it',
  },
  setGuestsWelcome: {
    method: 'PUT',
    path: '/api/groups/:slug/guests-welcome',
    params: OfGroup,
    body: Type.Object({ guestsWelcome: Nullable(Type.Boolean()) }),
    response: GuestSetting,
    summary: 'Say whether guests may come to sessions; nothing: as the kind of group goes',
  },
})
