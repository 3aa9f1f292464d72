import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Docs: docs/live-sessions.md, L42. */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })

/** No vowels, so that no word comes of it; no letters that look or sound like others. */
export const CODE_LETTERS = 'BCDFGHJKMNPQRTVWXYZ'
export const CODE_LENGTH = 6
export const LONGEST_GUEST_NAME = 60

/** From when on a code opens the way to a session that has not been opened. */
export const SOON = 60 * 60_000

/** A code as it was typed, with spaces, dashes and small letters, becomes the code that is kept. */
export const tidyCode = (typed: string): string => typed.toUpperCase().replaceAll(/[^A-Z]/g, '')

/** "BCD FGH", as people read it to each other. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`

/** How people come into the room from its wall. */
export const Door = Type.Object({
  /** None before it was made, and after the session is closed. */
  code: Type.Union([Type.String(), Type.Null()]),
  /** Whoever has the code may come in with a name only. */
  guests: Type.Boolean(),
  /** Whether the wall shows it. */
  shown: Type.Boolean(),
})
export type Door = Static<typeof Door>

const Empty = Type.Object({})
const params = Type.Object({ sessionId: Id })
const Code = Type.String({ minLength: 1, maxLength: 40 })

/** What a code opens for whoever types it. */
export const WayIn = Type.Object({
  sessionId: Id,
  title: Type.String(),
  groupName: Type.String(),
  startsAt: Instant,
  /** A seat of one's own: nothing more is needed. Otherwise one may come in as a guest. */
  seat: Type.Boolean(),
  /** Guests come in once the room is open. */
  open: Type.Boolean(),
})
export type WayIn = Static<typeof WayIn>

export const joinCalls = define({
  setDoor: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/room/door',
    params,
    body: Type.Object({ guests: Type.Boolean(), shown: Type.Boolean() }),
    response: Empty,
    summary: 'Make the join code of a session, show or hide it, and say whether it lets guests in',
  },
  findByCode: {
    method: 'GET',
    path: '/api/join',
    query: Type.Object({ code: Code }),
    response: WayIn,
    summary: 'What a join code opens for me. One that opens nothing tells nothing',
  },
  joinAsGuest: {
    method: 'POST',
    path: '/api/join/guest',
    body: Type.Object({
      code: Code,
      /** Not asked of somebody who is signed in. */
      name: Type.String({ maxLength: LONGEST_GUEST_NAME }),
    }),
    response: Type.Object({ sessionId: Id }),
    summary: 'Come into one session as a guest, where its code lets guests in',
  },
  sendGuestOut: {
    method: 'DELETE',
    path: '/api/sessions/:sessionId/room/guests/:accountId',
    params: Type.Object({ sessionId: Id, accountId: Id }),
    response: Empty,
    summary: 'Send a guest who came by code out of the room',
  },
})
