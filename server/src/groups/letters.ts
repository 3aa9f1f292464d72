import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'
import type { GroupRow, Role } from './guards.ts'

type Person = { name: string; email: string }

const groupUrl = (house: House, { slug }: GroupRow, page = '') =>
  `${house.config.origin}/groups/${slug}${page}`

/** @param next what comes next, in words (say-next.ts). */
export function promotedLetter(
  house: House,
  group: GroupRow,
  { name, email }: Person,
  next: readonly string[],
): Letter {
  return {
    to: email,
    subject: `You have a place in ${group.name}`,
    paragraphs: [
      `Hello ${name},`,
      `A place became free in ${group.name}, and you were next on the waitlist. It is yours now.`,
      ...next,
      'If you can no longer come, leave the group on its page, so the next person hears of it.',
    ],
    action: { label: 'Open the group', url: groupUrl(house, group) },
    footer: `You get this mail because you were on the waitlist of ${group.name}.`,
  }
}

export function newPlaceLetter(
  house: House,
  group: GroupRow,
  { name, email }: Person,
  place: string,
): Letter {
  return {
    to: email,
    subject: `${group.name} meets elsewhere from now on`,
    paragraphs: [
      `Hello ${name},`,
      place
        ? `From now on ${group.name} meets here: ${place}.`
        : `${group.name} does not meet at its old place any more.`,
      'The sessions that are planned move along, unless they have a place of their own.',
    ],
    action: { label: 'Open the group', url: groupUrl(house, group) },
    footer: `You get this mail because you come to sessions of ${group.name}.`,
  }
}

export function requestLetter(house: House, group: GroupRow, organizer: Person, asking: Person): Letter {
  return {
    to: organizer.email,
    subject: `${asking.name} would like to join ${group.name}`,
    paragraphs: [
      `Hello ${organizer.name},`,
      `${asking.name} (${asking.email}) asks to join ${group.name}. You decide on the members page.`,
    ],
    action: { label: 'Look at the request', url: groupUrl(house, group, '/members') },
    footer: `You get this mail because you organize ${group.name}.`,
  }
}

export function decisionLetter(
  house: House,
  group: GroupRow,
  { name, email }: Person,
  decision: 'active' | 'waitlisted' | 'declined',
  next: readonly string[] = [],
): Letter {
  const footer = `You get this mail because you asked to join ${group.name}.`
  const action = { label: 'Open the group', url: groupUrl(house, group) }
  switch (decision) {
    case 'active':
      return {
        to: email,
        subject: `Welcome to ${group.name}`,
        paragraphs: [
          `Hello ${name},`,
          `You asked to join ${group.name}, and an organizer said yes.`,
          ...next,
        ],
        action,
        footer,
      }
    case 'waitlisted':
      return {
        to: email,
        subject: `You are on the waitlist of ${group.name}`,
        paragraphs: [
          `Hello ${name},`,
          `You asked to join ${group.name}, and an organizer said yes. All places are taken at the moment, so you are on the waitlist. You get a mail as soon as a place is yours.`,
        ],
        action,
        footer,
      }
    case 'declined':
      return {
        to: email,
        subject: `Your request to join ${group.name}`,
        paragraphs: [
          `Hello ${name},`,
          `You asked to join ${group.name}. An organizer declined, for now. That often means no more than that the circle is complete.`,
        ],
        action: { label: 'Find another group', url: `${house.config.origin}/groups` },
        footer,
      }
  }
}

const ROLE_MEANS: Record<Role, string> = {
  organizer:
    'an organizer: you may change the group and who is in it, and prepare and run its sessions. There can be several organizers; share the work.',
  facilitator: 'a facilitator: you may prepare and run its sessions.',
  member: 'a member. Somebody else prepares and runs the sessions.',
}

export function roleLetter(
  house: House,
  group: GroupRow,
  { name, email }: Person,
  by: string,
  role: Role,
): Letter {
  return {
    to: email,
    subject: `Your role in ${group.name}`,
    paragraphs: [
      `Hello ${name},`,
      `${by} has changed your role in ${group.name}. You are now ${ROLE_MEANS[role]}`,
    ],
    action: { label: 'Open the group', url: groupUrl(house, group, '/members') },
    footer: `You get this mail because you are in ${group.name}.`,
  }
}

export function removalLetter(
  group: GroupRow,
  { name, email }: Person,
  reason: string,
  appeal: string,
): Letter {
  return {
    to: email,
    subject: `Your membership in ${group.name} has ended`,
    paragraphs: [
      `Hello ${name},`,
      `An organizer of ${group.name} has ended your membership. They wrote:`,
      reason,
      'You can no longer open what the group wrote. If you think this is a mistake, talk to the organizer; they can invite you again.',
      appeal,
    ],
    footer: `You get this mail because you were in ${group.name}.`,
  }
}

export function inviteLetter(
  group: GroupRow,
  {
    to,
    link,
    inviter,
    note,
    days,
  }: { to: string; link: string; inviter: string; note: string; days: number },
): Letter {
  return {
    to,
    subject: `${inviter} invites you to ${group.name}`,
    paragraphs: [
      'Hello,',
      `${inviter} invites you to ${group.name}, a small group that meets again and again to practise the skills no course can teach.`,
      ...(note ? [note] : []),
      ...(group.purpose ? [`What it is for: ${group.purpose}`] : []),
      'The page behind the link says what the group is and who reads what. You decide there.',
    ],
    action: { label: 'Look at the invite', url: link },
    footer: `The invite is for this address only and is open for ${days === 1 ? 'one day' : `${days} days`}. If you do nothing, nothing happens.`,
  }
}
