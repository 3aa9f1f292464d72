import { NOTICE_DAYS } from '#shared/take-overs.ts'
import type { GroupRow } from '../groups/guards.ts'
import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'

type Person = { name: string; email: string }

const toMembers = (house: House, { slug }: GroupRow) => `${house.config.origin}/groups/${slug}/members`

export function requestLetter(
  house: House,
  group: GroupRow,
  organizer: Person,
  asked: { name: string; reason: string },
): Letter {
  return {
    to: organizer.email,
    subject: `${asked.name} asks to take over ${group.name}`,
    paragraphs: [
      `Hello ${organizer.name},`,
      `${asked.name} thinks that nobody looks after ${group.name} at the moment, and asks to organize it. They wrote:`,
      asked.reason,
      `Are you still there? Object within ${NOTICE_DAYS} days, and everything stays as it is. Or hand over at once, and stay in the group as a facilitator. If you do nothing, somebody outside the group decides after that.`,
    ],
    action: { label: 'Object or hand over', url: toMembers(house, group) },
    footer: `You get this mail because you organize ${group.name}.`,
  }
}

export function objectionLetter(
  house: House,
  group: GroupRow,
  { name, email }: Person,
  organizer: string,
  reason: string,
): Letter {
  return {
    to: email,
    subject: `${organizer} still organizes ${group.name}`,
    paragraphs: [
      `Hello ${name},`,
      `You asked to take over ${group.name}. ${organizer} is still there, and wrote:`,
      reason,
      'So everything stays as it is for now. Offering to share the work often helps: there can be several organizers.',
    ],
    action: { label: 'Open the group', url: toMembers(house, group) },
    footer: `You get this mail because you asked to take over ${group.name}.`,
  }
}

export const judgeLetter = (house: House, group: GroupRow, judge: Person, asked: string): Letter => ({
  to: judge.email,
  subject: `Please decide: ${asked} asks to take over ${group.name}`,
  paragraphs: [
    `Hello ${judge.name},`,
    `${asked} asks to organize ${group.name}, because its organizer seems to be gone. Nobody objected in the time there was, so it is for you to confirm or decline. Whoever you can ask about it, ask.`,
  ],
  action: { label: 'Look at the request', url: `${house.config.origin}/take-overs` },
  footer: group.organizationId
    ? 'You get this mail because you are an admin of the organization that the group belongs to, or run this instance of Shortside.'
    : 'You get this mail because you run this instance of Shortside.',
})

export const declinedLetter = (
  house: House,
  group: GroupRow,
  { name, email }: Person,
  asked: string,
  reason: string,
): Letter => ({
  to: email,
  subject: `${group.name} stays with its organizers`,
  paragraphs: [
    `Hello ${name},`,
    `${asked} asked to take over ${group.name}. It was declined, for this reason:`,
    reason,
  ],
  action: { label: 'Open the group', url: toMembers(house, group) },
  footer: `You get this mail because you asked to take over ${group.name}, or organize it.`,
})

/** To everybody in the group. */
export const takenOverLetter = (
  house: House,
  group: GroupRow,
  name: string,
  how: string,
): Omit<Letter, 'to' | 'footer' | 'choices'> => ({
  subject: `${name} organizes ${group.name} now`,
  paragraphs: [
    `From today on ${name} organizes ${group.name}. ${how}`,
    'Nothing else changes: sessions, threads and commitments stay where they are, and whoever organized the group before stays in it.',
  ],
  action: { label: 'Open the group', url: toMembers(house, group) },
})
