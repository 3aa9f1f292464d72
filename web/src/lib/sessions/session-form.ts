import { sessionMinutes } from '#shared/session-plan.ts'
import type { Session, SessionChange } from '#shared/sessions.ts'

/** A form about a session, as its fields hold it. */
export type SessionFormFields = {
  title: string
  day: string
  time: string
  minutes: number | null
  room: string
  /** Another place than the usual one. */
  venue: string
  address: string
  accessNotes: string
  onlineLink: string
}

export const fieldsOf = (session: Session): SessionFormFields => ({
  title: session.title,
  ...startOf(session.startsLocal),
  minutes: sessionMinutes(session),
  room: session.room ?? '',
  venue: session.venue ?? '',
  address: session.address ?? '',
  accessNotes: session.accessNotes,
  onlineLink: session.onlineLink ?? '',
})

export function startOf(startsLocal: string): { day: string; time: string } {
  const [day = '', time = ''] = startsLocal.split('T')
  return { day, time }
}

/** What was changed; the rest is not sent, so that it stays as somebody else may have changed it. */
export function changeOf(before: SessionFormFields, after: SessionFormFields): SessionChange {
  const { title, room, venue, address, accessNotes, onlineLink, minutes } = after
  return {
    ...(title === before.title ? {} : { title }),
    ...(room === before.room ? {} : { room }),
    ...(venue === before.venue ? {} : { venue }),
    ...(address === before.address ? {} : { address }),
    ...(accessNotes === before.accessNotes ? {} : { accessNotes }),
    ...(onlineLink === before.onlineLink ? {} : { onlineLink }),
    ...(minutes === null || minutes === before.minutes ? {} : { minutes }),
    ...(after.day === before.day && after.time === before.time
      ? {}
      : { startsLocal: `${after.day}T${after.time}` }),
  }
}
