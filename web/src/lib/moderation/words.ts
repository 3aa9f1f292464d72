import type { Decider, Decision, ReportReason, ReportTarget, TargetKind } from '#shared/moderation.ts'

/** What was reported, in a sentence after "reported". */
export const KIND_WORDS: Record<TargetKind, string> = {
  post: 'a post',
  person: 'a person',
  group: 'a group',
  organizer: 'a public page',
  announcement: 'an announcement',
}

export const REASON_WORDS: Record<ReportReason, { label: string; hint: string }> = {
  unkind: { label: 'Unkind', hint: 'It mocks, threatens, pushes or insults somebody.' },
  spam: { label: 'Advertising or deceit', hint: 'It sells something, or is not what it says it is.' },
  private: {
    label: 'Private things',
    hint: 'It tells what was told in confidence, or belongs to somebody else.',
  },
  unsafe: { label: 'Somebody is not safe', hint: 'You worry about yourself or about somebody else.' },
  else: { label: 'Something else', hint: 'Say below what it is.' },
}

export const DECISION_WORDS: Record<Decision, { label: string; hint: string }> = {
  stands: { label: 'Let it stand', hint: 'It keeps to the rules.' },
  acted: { label: 'I acted on it', hint: 'You talked to the person, or did something else about it.' },
  hidden: { label: 'Hide the post', hint: 'The writer hears the reason. It can be shown again.' },
  'group-suspended': {
    label: 'Suspend the group',
    hint: 'Strangers no longer find it, nobody comes in, nothing is added. Its members read on; its organizers hear the reason.',
  },
  'account-suspended': {
    label: 'Suspend the account',
    hint: 'All its sign-ins end now. Its owner hears the reason by mail, and gets a link to their data.',
  },
}

/** Whom a decision is told to, with its reason. */
export const REASON_READ_BY: Partial<Record<Decision, string>> = {
  hidden: 'Whoever wrote the post reads this, in its place and in a mail. Whoever reported it does not.',
  'group-suspended':
    'The organizers of the group read this, in a mail and in the group. Whoever reported it does not.',
  'account-suspended':
    'The owner of the account reads this, in a mail and when they try to sign in. Whoever reported it does not.',
}

export function titleOf({ kind, about, group }: ReportTarget): string {
  switch (kind) {
    case 'post':
      return `Report a post by ${about?.name ?? 'somebody'}`
    case 'announcement':
      return `Report an announcement by ${about?.name ?? 'somebody'}`
    case 'person':
      return `Report or block ${about?.name ?? 'somebody'}`
    case 'organizer':
      return `Report the page of ${about?.name ?? 'somebody'}`
    case 'group':
      return `Report ${group?.name ?? 'a group'}`
  }
}

export const names = (all: string[]): string => new Intl.ListFormat('en-GB').format(all)

/** Who reads a report, made from who will. */
export function readByInWords(target: ReportTarget, to: Decider): string {
  const { about, organizers, kind, group } = target
  const untold = about ? ` ${about.name} is not told that you wrote.` : ''
  if (to === 'organizers')
    return `${names(organizers)} ${organizers.length === 1 ? 'reads' : 'read'} this, with your name. Nobody else does.${untold}`
  const inside = kind === 'post' || kind === 'announcement'
  const what = inside
    ? ` and a copy of exactly the words above. Nothing else of ${group?.name ?? 'the group'}, not even its name.`
    : kind === 'group'
      ? ' and what stands above.'
      : '.'
  return `The operator of this instance reads this, with your name${about ? `, the name of ${about.name}` : ''}${what}${untold}`
}
