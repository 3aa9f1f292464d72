import { outcomeInWords, type Decider, type Decision, type TargetKind } from '#shared/moderation.ts'
import type { House } from '../house.ts'
import type { Letter } from '../mail/send-mail.ts'

type Person = { name: string; email: string }

export const KIND_WORDS: Record<TargetKind, string> = {
  post: 'a post',
  person: 'a person',
  group: 'a group',
  organizer: 'the public page of an organizer',
  announcement: 'an announcement',
}

/** Says that something waits, and none of the words: mail goes through many hands. */
export function newReportLetter(
  { config }: House,
  { name, email }: Person,
  kind: TargetKind,
  group: { slug: string; name: string } | null,
): Letter {
  return {
    to: email,
    subject: group ? `A report in ${group.name} waits for you` : 'A report waits for you',
    paragraphs: [
      `Hello ${name},`,
      `Somebody reported ${KIND_WORDS[kind]}${group ? ` in ${group.name}` : ''}. What it is about stands on the page of reports. Decide soon: whoever sent it waits to hear.`,
    ],
    action: {
      label: 'Look at the report',
      url: config.origin + (group ? `/groups/${group.slug}/reports` : '/operator/reports'),
    },
    footer: group
      ? `You get this mail because you organize ${group.name}.`
      : 'You get this mail because you run this instance.',
  }
}

export const outcomeLetter = (
  { name, email }: Person,
  { kind, to, decision }: { kind: TargetKind; to: Decider; decision: Decision },
): Letter => ({
  to: email,
  subject: 'What you reported',
  paragraphs: [
    `Hello ${name},`,
    `You reported ${KIND_WORDS[kind]}. ${outcomeInWords(decision, to)}`,
    ...(decision === 'stands' && to === 'organizers'
      ? ['If that leaves you uneasy, you can send it to the operator of this instance too.']
      : []),
    'Thank you for saying something.',
  ],
  footer: 'You get this mail because you sent a report. Whom it was about was not told who did.',
})

export const groupSuspendedLetter = (
  { config }: House,
  group: { slug: string; name: string },
  { name, email }: Person,
  reason: string,
  appeal: string,
): Letter => ({
  to: email,
  subject: `${group.name} is suspended`,
  paragraphs: [
    `Hello ${name},`,
    `The operator of this instance suspended ${group.name}, which you organize. They wrote:`,
    reason,
    'Strangers no longer find it, nobody new comes in, and nothing is added. Members can read what is there, take it along, and leave.',
    appeal,
  ],
  action: { label: 'Open the group', url: `${config.origin}/groups/${group.slug}` },
  footer: `You get this mail because you organize ${group.name}.`,
})

export const groupResumedLetter = (
  { config }: House,
  group: { slug: string; name: string },
  { name, email }: Person,
): Letter => ({
  to: email,
  subject: `${group.name} goes on`,
  paragraphs: [
    `Hello ${name},`,
    `The operator of this instance lifted the suspension of ${group.name}. Everything is as it was.`,
  ],
  action: { label: 'Open the group', url: `${config.origin}/groups/${group.slug}` },
  footer: `You get this mail because you organize ${group.name}.`,
})

export const accountResumedLetter = ({ config }: House, { name, email }: Person): Letter => ({
  to: email,
  subject: 'You can sign in again',
  paragraphs: [
    `Hello ${name},`,
    'The operator of this instance lifted the suspension of your account. Your groups and all you wrote are as they were.',
  ],
  action: { label: 'Sign in', url: `${config.origin}/sign-in` },
  footer: 'You get this mail because you have an account here.',
})
