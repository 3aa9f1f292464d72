import { sayReaders } from '#shared/feedback-rules.ts'
import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'
import type { RoundRow } from './guards.ts'
import type { Addressed } from './read-addresses.ts'

const linkFor = (house: House, { id }: Addressed) =>
  `${house.config.origin}/feedback/answer/${house.links.sign('reviewer', id)}`

const sayDay = (instant: Date) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(instant)

const sayMinutes = ({ kind, questions }: RoundRow) =>
  kind === 'after-session' ? 'one minute' : questions.length <= 3 ? 'three minutes' : 'ten minutes'

/** The request teaches somebody who never does this: what helps, how long, in what tone. */
export function requestLetter(house: House, round: RoundRow, askedBy: string, person: Addressed): Letter {
  return {
    to: person.email,
    subject: `${askedBy} asks for your feedback: ${round.title}`,
    paragraphs: [
      `Hello ${person.name},`,
      round.kind === 'ask'
        ? `${askedBy} asks you for feedback, because you have seen something that others have not.`
        : `${askedBy} asks you, like everybody who takes part.`,
      ...(round.intro ? [round.intro] : []),
      sayReaders(round, askedBy),
      `It takes about ${sayMinutes(round)} and is open until ${sayDay(round.closesAt)}. One scene that you saw, what came of it, and one thing to keep or to change: two or three sentences are plenty. You can say no, with or without a reason.`,
    ],
    action: { label: 'Look at the questions', url: linkFor(house, person) },
    footer: 'This link is yours alone, and needs no account. Please do not pass it on.',
  }
}

/** To whoever prepared a round for a day on which it could not open. */
export function notOpenedLetter(
  house: House,
  { id, title }: RoundRow,
  asker: { name: string; email: string },
  why: string,
): Letter {
  return {
    to: asker.email,
    subject: `It could not open: ${title}`,
    paragraphs: [
      `Hello ${asker.name},`,
      `Today the round “${title}” was to open by itself. It has not, and nobody was asked:`,
      why,
    ],
    action: { label: 'Look at the round', url: `${house.config.origin}/feedback/rounds/${id}` },
  }
}

/** The same to everybody, whoever has answered. */
export function reminderLetter(house: House, round: RoundRow, askedBy: string, person: Addressed): Letter {
  return {
    to: person.email,
    subject: `Open until ${sayDay(round.closesAt)}: ${round.title}`,
    paragraphs: [
      `Hello ${person.name},`,
      `${askedBy} asked for your feedback. The round closes on ${sayDay(round.closesAt)}. Everybody who is asked gets this mail once: if you have answered or would rather not, there is nothing left to do.`,
    ],
    action: { label: 'Look at the questions', url: linkFor(house, person) },
    footer: 'This link is yours alone, and needs no account. Please do not pass it on.',
  }
}

export function extendedLetter(round: RoundRow, person: Addressed): Letter {
  return {
    to: person.email,
    subject: `Open for longer: ${round.title}`,
    paragraphs: [
      `Hello ${person.name},`,
      `The round “${round.title}” now closes on ${sayDay(round.closesAt)}. Everybody who is asked gets this mail.`,
    ],
    footer: 'You get this mail because somebody asked for your feedback.',
  }
}

export function destroyedLetter(round: RoundRow, person: Addressed, why: 'too-few' | 'cancelled'): Letter {
  return {
    to: person.email,
    subject: `Closed without a report: ${round.title}`,
    paragraphs: [
      `Hello ${person.name},`,
      why === 'too-few'
        ? `The round “${round.title}” closed with fewer than ${round.threshold} answers. As promised, everything that was written in it was destroyed, and nobody has read it.`
        : `The round “${round.title}” was called off. Everything that was written in it was destroyed, and nobody has read it.`,
    ],
    footer: 'Everybody who was asked gets this mail, whether they answered or not.',
  }
}

export function releasedLetter(
  house: House,
  round: RoundRow,
  reader: { name: string; email: string },
  reportId: string | undefined,
): Letter {
  return {
    to: reader.email,
    subject: `${round.title}: ${reportId ? 'your feedback is here' : 'closed without a report'}`,
    paragraphs: [
      `Hello ${reader.name},`,
      reportId
        ? 'The round has closed, and what people wrote is open to you now. Take a quiet half hour. Read it twice before you judge it: first what to keep, then what to change.'
        : `The round closed with fewer than ${round.threshold} answers. As promised to those who were asked, everything in it was destroyed unread. You can ask more people, or ask with names.`,
    ],
    action: reportId
      ? { label: 'Open the report', url: `${house.config.origin}/feedback/reports/${reportId}` }
      : { label: 'Ask again', url: `${house.config.origin}/feedback` },
  }
}

export function clarifiedLetter(
  house: House,
  round: RoundRow,
  person: Addressed,
  { question, answer }: { question: string; answer: string },
): Letter {
  return {
    to: person.email,
    subject: `What is meant: ${round.title}`,
    paragraphs: [
      `Hello ${person.name},`,
      'Somebody who is asked wanted to know what is meant. Everybody gets the answer.',
      `${question}\n\n${answer}`,
    ],
    action: { label: 'Look at the questions', url: linkFor(house, person) },
  }
}

export function askedWhatIsMeantLetter(
  house: House,
  round: RoundRow,
  asker: { name: string; email: string },
  question: string,
): Letter {
  return {
    to: asker.email,
    subject: `What do you mean? ${round.title}`,
    paragraphs: [
      `Hello ${asker.name},`,
      'Somebody whom you asked wants to know what is meant. Your answer goes to everybody who is asked.',
      question,
    ],
    action: { label: 'Answer', url: `${house.config.origin}/feedback/rounds/${round.id}` },
  }
}

/** To everybody who was asked, so that it tells nothing of who answered. */
export function thanksLetter(from: string, round: RoundRow, person: Addressed, words: string): Letter {
  return {
    to: person.email,
    subject: `Thank you from ${from}`,
    paragraphs: [`Hello ${person.name},`, words],
    footer: `You get this mail because ${from} asked you in “${round.title}”. It goes to everybody who was asked.`,
  }
}
