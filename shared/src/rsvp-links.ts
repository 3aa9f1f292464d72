import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { RsvpAnswer, RsvpState } from './sessions.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** A session as a file for calendars, for whoever has the link of a mail about it. */
export const rsvpFile = (token: string) => `/calendar/rsvp/${token}.ics`

/** What a link in a mail opens without signing in: no more than that mail said, and nobody else's answer. */
export const RsvpLink = Type.Object({
  groupName: Type.String(),
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  /** The zone of the group: nobody knows the reader's. */
  zone: Type.String(),
  /** Where, while there is something to answer. A guest hears of room and link once they have a place. */
  venue: Nullable(Type.String()),
  room: Nullable(Type.String()),
  onlineLink: Nullable(Type.String()),
  /** An answer is taken while it is open: before the session begins, unless it is cancelled. */
  state: Type.Enum(['open', 'begun', 'cancelled']),
  mine: Nullable(RsvpState),
  /** Yes would mean to wait. */
  full: Type.Boolean(),
  /** Until when the place that was offered is kept, and how many wait before. */
  offerEndsAt: Nullable(Instant),
  ahead: Nullable(Type.Integer()),
  /** The live room is open, and a guest with a place may sit in it. */
  roomOpen: Type.Boolean(),
  /** Of somebody who comes to this one session: the public page of it. */
  guestOf: Nullable(Type.Object({ slug: Type.String(), sessionId: Type.String() })),
})
export type RsvpLink = Static<typeof RsvpLink>

const OfLink = Type.Object({ token: Type.String({ maxLength: 200 }) })

export const rsvpLinkCalls = define({
  readRsvpLink: {
    method: 'GET',
    path: '/api/rsvp-links/:token',
    params: OfLink,
    response: RsvpLink,
    summary: 'Look at the session behind a link of a mail; that answers nothing',
  },
  useRsvpLink: {
    method: 'POST',
    path: '/api/rsvp-links/:token',
    params: OfLink,
    body: Type.Object({ answer: RsvpAnswer }),
    response: RsvpLink,
    summary: 'Say from a mail whether I am coming, without signing in',
  },
})
