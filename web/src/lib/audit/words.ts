import type { AuditAction } from '#shared/audit.ts'
import type { AuditEntry } from '#shared/audit-calls.ts'

/** Whom an entry is about, as its sentence begins: "You" or a name. */
type Named = { who: string; whose: string; is: string }
type Detail = AuditEntry['detail']

const ROLES: Record<string, string> = {
  organizer: 'organizer',
  facilitator: 'facilitator',
  member: 'member',
  admin: 'admin',
  hr: 'HR',
  colleague: 'colleague',
}

const SETTINGS: Record<string, string> = {
  visibility: 'Who finds the group',
  admission: 'Who may join',
  rhythm: 'Rhythm',
  places: 'Places',
  zone: 'Clock',
  name: 'Name',
  purpose: 'What it is for',
  domains: 'Domains that may join',
  programmeId: 'Programme',
  firstSessionAt: 'First session',
  city: 'City',
  venue: 'Venue',
  room: 'Room',
  onlineLink: 'Online link',
  approvesGroups: 'New groups wait for a yes',
  skills: 'Skills',
}

const value = (of: Detail[string] | undefined): string =>
  of === true ? 'yes' : of === false ? 'no' : String(of ?? 'nothing').replaceAll('-', ' ')

function setting({ setting: name, from, to }: Detail): string {
  const label = SETTINGS[String(name)] ?? String(name ?? 'A setting')
  return to === undefined ? `${label}: changed` : `${label}: from ${value(from)} to ${value(to)}`
}

/** What was done to the sign-in through a provider. */
function signInChanged({ setting: name, domain, host, to }: Detail): string {
  if (name === 'only way in')
    return to === true
      ? `People at ${String(domain)} sign in through the company only`
      : `People at ${String(domain)} may sign in in other ways again`
  if (name === 'secret') return `The secret for the sign-in at ${String(host)} was changed`
  return host ? `The sign-in at ${String(host)} was connected` : 'The sign-in of the company was taken away'
}

const role = (of: Detail[string] | undefined) => ROLES[String(of)] ?? value(of)

/** One sentence for each thing that is kept. */
const SENTENCES: Record<AuditAction, (named: Named, detail: Detail) => string> = {
  'role-changed': ({ who }, { from, to }) => `${who} became ${role(to)}, and had been ${role(from)}`,
  'member-removed': ({ whose }, { because }) =>
    because ? `${whose} membership ended with leaving the organization` : `${whose} membership was ended`,
  'member-left': ({ who }) => `${who} left the group`,
  'group-handed-over': ({ who }) => `The group was handed over, and ${lower(who)} became organizer`,
  'group-changed': (_named, detail) => setting(detail),
  'roster-exported': () => 'The list of members was taken as a table',
  'attendance-exported': () => 'Who attended was taken as a table',
  'organization-changed': (_named, detail) => setting(detail),
  'domain-proven': (_named, { domain, method }) =>
    `${value(domain)} was proven, ${method === 'dns' ? 'by a DNS record' : 'by mail'}`,
  'domain-removed': (_named, { domain }) => `${value(domain)} was removed`,
  'sso-changed': (_named, detail) => signInChanged(detail),
  'colleague-ended': ({ who, is }) => `${who} ${is} no longer a colleague`,
  'colleague-welcomed': ({ who, is }) => `${who} ${is} a colleague again`,
  'group-placed': () => 'The group was put into the organization',
  'group-taken-out': () => 'The group was taken out of the organization',
  'group-approved': () => 'The group was approved',
  'group-declined': () => 'The group was declined',
  'report-decided': () => 'A report was decided',
  'post-hidden': ({ whose }) => `${whose} post was hidden`,
  'post-shown': ({ whose }) => `${whose} post was shown again`,
  'group-suspended': () => 'The group was suspended',
  'group-resumed': () => 'The group goes on',
  'account-suspended': ({ whose }) => `${whose} account was shut`,
  'account-resumed': ({ whose }) => `${whose} account is open again`,
}

const lower = (who: string) => (who === 'You' ? 'you' : who)

/** @param mine the reader is whom it is about. */
export function sentenceFor({ action, subject, detail }: AuditEntry, mine: boolean): string {
  const gone = subject === null && !mine
  const named = mine
    ? { who: 'You', whose: 'Your', is: 'are' }
    : gone
      ? { who: 'Somebody who is gone', whose: 'The', is: 'is' }
      : { who: subject ?? '', whose: `${subject ?? ''}’s`, is: 'is' }
  return `${SENTENCES[action](named, detail)}.`
}
