import {
  isDomain,
  MOST_PLACES,
  type Admission,
  type Group,
  type GroupDraft,
  type GroupKind,
  type Rhythm,
  type Visibility,
} from '#shared/groups.ts'
import { fitAdmission, fitVisibility } from './doors.ts'
import { instantOf, onTheWall } from './wall-clock.ts'

export type GroupFormFields = {
  kind: GroupKind
  /** The slug of the organization that a company group lives in; empty: in none. */
  organization: string
  name: string
  purpose: string
  programmeId: string
  rhythm: Rhythm
  day: string
  time: string
  zone: string
  city: string
  venue: string
  address: string
  accessNotes: string
  /** BCP 47; empty: not said. */
  language: string
  room: string
  onlineLink: string
  places: number | null
  visibility: Visibility
  admission: Admission
  /** As typed. Addresses of these domains join without asking, whatever the others do. */
  domains: string
}

export const emptyFields = (): GroupFormFields => ({
  kind: 'internal',
  organization: '',
  name: '',
  purpose: '',
  programmeId: '',
  rhythm: 'fortnightly',
  day: '',
  time: '17:30',
  zone: 'UTC',
  city: '',
  venue: '',
  address: '',
  accessNotes: '',
  language: '',
  room: '',
  onlineLink: '',
  places: 8,
  visibility: 'private',
  admission: 'invite-only',
  domains: '',
})

export function fieldsOf(group: Group): GroupFormFields {
  const { day, time } = group.firstSessionAt
    ? onTheWall(group.firstSessionAt, group.zone)
    : { day: '', time: '17:30' }
  return {
    kind: group.kind,
    organization: group.organization?.slug ?? '',
    name: group.name,
    purpose: group.purpose,
    programmeId: group.programmeId ?? '',
    rhythm: group.rhythm,
    day,
    time,
    zone: group.zone,
    city: group.city ?? '',
    venue: group.venue ?? '',
    address: group.address ?? '',
    accessNotes: group.accessNotes,
    language: group.language ?? '',
    room: group.room ?? '',
    onlineLink: group.onlineLink ?? '',
    places: group.places,
    visibility: group.visibility,
    admission: group.admission,
    domains: group.domains.join(', '),
  }
}

export const domainsIn = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((domain) => domain.replace(/^@/, '').toLowerCase())
    .filter(Boolean)

/** What is sent. */
export function toFacts(form: GroupFormFields): Omit<GroupDraft, 'id' | 'kind'> {
  const meetup = form.kind === 'meetup'
  const visibility = fitVisibility(form)
  return {
    name: form.name,
    purpose: form.purpose,
    visibility,
    admission: fitAdmission(visibility, form.admission),
    domains: domainsIn(form.domains),
    programmeId: form.programmeId || null,
    rhythm: form.rhythm,
    zone: form.zone,
    firstSessionAt: form.day ? (instantOf(form.day, form.time, form.zone) ?? null) : null,
    places: form.places ?? 0,
    city: meetup ? form.city : null,
    venue: meetup ? form.venue : null,
    address: form.address,
    accessNotes: form.accessNotes,
    language: form.language || null,
    room: meetup ? null : form.room,
    onlineLink: form.onlineLink,
  }
}

/** The fields of the server's answer that stand in the form; any other problem is shown below it. */
export const SHOWN_FIELDS: readonly string[] = [
  'name',
  'organization',
  'purpose',
  'programmeId',
  'rhythm',
  'firstSessionAt',
  'zone',
  'city',
  'venue',
  'address',
  'accessNotes',
  'language',
  'room',
  'onlineLink',
  'visibility',
  'admission',
  'domains',
  'places',
]

/** What is wrong, by field, before it is sent; the server has the last word. */
export function problemsOf(form: GroupFormFields): Partial<Record<keyof GroupFormFields, string>> {
  const problems: Partial<Record<keyof GroupFormFields, string>> = {}
  if (!form.name.trim()) problems.name = 'Give the group a name. You can change it later.'
  if (form.day && !instantOf(form.day, form.time, form.zone))
    problems.time = 'Say at what time it begins, such as 17:30.'
  if (form.onlineLink.trim() && !/^https?:\/\/\S+\.\S+/.test(form.onlineLink.trim()))
    problems.onlineLink = 'Paste the whole address; it begins with https://'
  if (form.kind === 'meetup' && !form.city.trim() && !form.onlineLink.trim())
    problems.city = 'Say in which city you meet, or give an online link below.'
  if (form.places === null || !Number.isInteger(form.places) || form.places < 2 || form.places > MOST_PLACES)
    problems.places = `Choose a whole number from 2 to ${MOST_PLACES}.`
  const wrong = domainsIn(form.domains).find((domain) => !isDomain(domain))
  if (wrong) problems.domains = `“${wrong}” is not an e-mail domain. Write it like example.com.`
  return problems
}
