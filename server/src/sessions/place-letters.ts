import type { GroupRow } from '../groups/guards.ts'
import type { Letter } from '../mail/send-mail.ts'
import type { SessionRow } from './guards.ts'
import { sayClock, sayDay, sayWhen } from './local-time.ts'
import { choicesOf } from './make-rsvp-links.ts'
import { sayWhereAndHow } from './where.ts'

type Person = { name: string; email: string }

/** A place is kept for somebody who waits. */
export function offerLetter(
  group: GroupRow,
  session: SessionRow,
  { name, email }: Person,
  url: string,
  end: Date,
): Letter {
  const until = `${sayDay(end, group.zone)}, ${sayClock(end, group.zone)} (${group.zone})`
  return {
    to: email,
    subject: `A place is free for you: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
    paragraphs: [
      `Hello ${name},`,
      `A place became free in a session of ${group.name}, and you are next in the line.`,
      `${session.title}\n${sayWhen(session, group.zone)}`,
      `It is kept for you until ${until}. After that it goes on to the next.`,
    ],
    choices: choicesOf(url, 'Take the place', 'Let it go on'),
    footer: footerOf(group),
  }
}

/** There are more places, and one of them is theirs. */
export function placeLetter(
  group: GroupRow,
  session: SessionRow,
  { name, email }: Person,
  url: string,
): Letter {
  return {
    to: email,
    subject: `You have a place: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
    paragraphs: [
      `Hello ${name},`,
      `There are more places now in a session of ${group.name}. You waited for one, and it is yours.`,
      `${session.title}\n${sayWhen(session, group.zone)}\n${sayWhereAndHow(group, session)}`,
      'If you can’t come, say so, and it goes on to the next.',
    ],
    action: { label: 'Your place, and a way to give it back', url },
    footer: footerOf(group),
  }
}

/** What was kept for them has gone on. */
export function lapsedLetter(
  group: GroupRow,
  session: SessionRow,
  { name, email }: Person,
  url: string,
): Letter {
  return {
    to: email,
    subject: `The place has gone on: ${session.title}, ${sayDay(session.startsAt, group.zone)}`,
    paragraphs: [
      `Hello ${name},`,
      `We kept a place for you in ${session.title}, a session of ${group.name}, and did not hear from you in time. It goes on to the next.`,
      'If you would still like to come, ask again. You are at the end of the line then.',
    ],
    action: { label: 'Ask again', url },
    footer: footerOf(group),
  }
}

const footerOf = ({ name }: GroupRow) =>
  `You get this because you asked for a place in a session of ${name}. The links answer for you without a sign-in, so leave them out when you pass this on.`
