import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { RsvpAnswer, RsvpState } from './sessions.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Instant = Type.String({ format: 'date-time' })

/** What a link in a mail opens without signing in: no more than that mail said, and nobody else's answer. */
export const RsvpLink = Type.Object({
  groupName: Type.String(),
  title: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
  /** The zone of the group: nobody knows the reader's. */
  zone: Type.String(),
  /** Where, while there is something to answer. */
  room: Nullable(Type.String()),
  onlineLink: Nullable(Type.String()),
  /** An answer is taken while it is open: before the session begins, unless it is cancelled. */
  state: Type.Enum(['open', 'begun', 'cancelled']),
  mine: Nullable(RsvpState),
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
