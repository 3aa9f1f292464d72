import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'

type Person = { name: string; email: string }
type Named = { name: string }
type Addressed = { name: string; slug: string }

const groupUrl = (house: House, { slug }: Addressed) => `${house.config.origin}/groups/${slug}`

export function approvedLetter(
  house: House,
  { name, email }: Person,
  group: Addressed,
  organization: Named,
): Letter {
  return {
    to: email,
    subject: `${organization.name} said yes to ${group.name}`,
    paragraphs: [
      `Hello ${name},`,
      `An admin of ${organization.name} approved ${group.name}. You can invite people now.`,
    ],
    action: { label: 'Open the group', url: groupUrl(house, group) },
    footer: `You get this mail because you organize ${group.name}.`,
  }
}

export function declinedLetter(
  house: House,
  { name, email }: Person,
  group: Addressed,
  organization: Named,
  reason: string,
): Letter {
  return {
    to: email,
    subject: `${organization.name} declined ${group.name}`,
    paragraphs: [
      `Hello ${name},`,
      `An admin of ${organization.name} declined ${group.name}. They wrote:`,
      reason,
      'What is in the group stays yours. In its settings you can change it and ask again, or take it out of the organization.',
    ],
    action: { label: 'Open the settings', url: `${groupUrl(house, group)}/settings` },
    footer: `You get this mail because you organize ${group.name}.`,
  }
}

export function takenOutLetter(admin: Person, group: Named, organization: Named, by: Named): Letter {
  return {
    to: admin.email,
    subject: `${group.name} is no longer at ${organization.name}`,
    paragraphs: [
      `Hello ${admin.name},`,
      `${by.name} took the group ${group.name} out of ${organization.name}. It goes on as a private group of its members.`,
    ],
    footer: `You get this mail because you are an admin of ${organization.name}.`,
  }
}

/** To whoever organizes a group from now on, because nobody else did. */
export function heirLetter(
  house: House,
  { name, email }: Person,
  group: Addressed,
  gone: Named,
  organization: Named,
): Letter {
  return {
    to: email,
    subject: `You organize ${group.name} now`,
    paragraphs: [
      `Hello ${name},`,
      `${gone.name} is no longer at ${organization.name}, and nobody else organized ${group.name}. So that the group goes on, you organize it from now on.`,
      'If that does not suit you, hand it over to another member on the members page.',
    ],
    action: { label: 'Open the members page', url: `${groupUrl(house, group)}/members` },
    footer: `You get this mail because you are in ${group.name}.`,
  }
}

/** To the admins: what became of groups that nobody else organized. */
export function departureLetter(
  admin: Person,
  gone: Named,
  organization: Named,
  { handedOver, ended }: { handedOver: { group: string; to: string }[]; ended: string[] },
): Letter {
  return {
    to: admin.email,
    subject: `Groups that ${gone.name} organized at ${organization.name}`,
    paragraphs: [
      `Hello ${admin.name},`,
      `${gone.name} is no longer at ${organization.name}, and was the only organizer of ${handedOver.length + ended.length === 1 ? 'a group' : 'groups'}.`,
      ...handedOver.map(({ group, to }) => `${group}: ${to} organizes it now.`),
      ...ended.map((group) => `${group}: nobody was left in it, so it has ended.`),
    ],
    footer: `You get this mail because you are an admin of ${organization.name}.`,
  }
}

/** To who left. */
export function farewellLetter({ name, email }: Person, organization: Named, groups: number): Letter {
  return {
    to: email,
    subject: `You are no longer at ${organization.name} on Shortside`,
    paragraphs: [
      `Hello ${name},`,
      groups === 0
        ? `You are no longer a colleague at ${organization.name} on Shortside.`
        : `You are no longer a colleague at ${organization.name} on Shortside, so your membership of ${groups === 1 ? 'a group' : `${groups} groups`} there has ended.`,
      'What is yours stays yours: your commitments, what you wrote alone, and everything else in “My data” on your account page. Meetups and other groups that you are in go on as before.',
    ],
    footer: `You get this mail because you were a colleague at ${organization.name}.`,
  }
}
