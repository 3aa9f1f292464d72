import { isDomain, type GroupChange } from '#shared/groups.ts'
import { languageOf } from '#shared/languages.ts'
import { Refusal } from '#shared/refusals.ts'
import { findCity } from '../cities/gazetteer.ts'
import type { House } from '../house.ts'
import type { AccountRow } from '../sign-in/guards.ts'
import { findProgramme } from '../guide/read-guide.ts'
import { requireZone } from '../sign-in/routes.ts'

/** Where a city lies; nothing of one that we don't know, which is found by its name only. */
type OnTheMap = { latitude: number | null; longitude: number | null }

function onTheMap(city: string | null): OnTheMap {
  const { latitude = null, longitude = null } = (city && findCity(city)) || {}
  return { latitude, longitude }
}

/** What is about to be stored of a group, trimmed; each refusal names the field it means. */
export function checkFacts<Facts extends GroupChange>(
  house: House,
  account: AccountRow,
  given: Facts,
): Facts & Partial<OnTheMap> {
  const facts: Facts & Partial<OnTheMap> = { ...given }
  for (const field of ['city', 'venue', 'address', 'room', 'onlineLink', 'language'] as const) {
    if (facts[field] !== undefined) facts[field] = facts[field]?.trim() || null
  }
  if (facts.city !== undefined) Object.assign(facts, onTheMap(facts.city))
  if (facts.language) facts.language = languageOf(facts.language)
  if (facts.accessNotes !== undefined) facts.accessNotes = facts.accessNotes.trim()
  if (facts.name !== undefined) facts.name = facts.name.trim()
  if (facts.purpose !== undefined) facts.purpose = facts.purpose.trim()
  if (facts.domains) facts.domains = checkDomains(facts.domains)

  if (facts.zone !== undefined) requireZone(facts.zone)
  if (facts.visibility === 'public' && !account.verifiedAt) {
    throw new Refusal(
      'not-verified',
      'A public group needs your confirmed e-mail address: open the link in the mail we sent you, then try again.',
      'visibility',
    )
  }
  if (facts.programmeId && !findProgramme(facts.programmeId)) {
    throw new Refusal(
      'invalid',
      'The guide has no such programme. Choose one of the list, or none for now.',
      'programmeId',
    )
  }
  if (facts.firstSessionAt && new Date(facts.firstSessionAt) <= house.now()) {
    throw new Refusal(
      'invalid',
      'The first session lies in the past. Choose a later day, or leave it open.',
      'firstSessionAt',
    )
  }
  if (facts.onlineLink && !isWebAddress(facts.onlineLink)) {
    throw new Refusal(
      'invalid',
      'The online link has to be a whole address that begins with https://',
      'onlineLink',
    )
  }
  return facts
}

/** @throws Refusal when a group of an organization were open to the world, or one of none to colleagues. */
export function requireFitting({ visibility }: GroupChange, inOrganization: boolean): void {
  if (inOrganization && visibility === 'public') {
    throw new Refusal(
      'invalid',
      'A group of an organization is for its colleagues. Let colleagues find it, or keep it private.',
      'visibility',
    )
  }
  if (!inOrganization && visibility === 'colleagues') {
    throw new Refusal(
      'invalid',
      'Colleagues find a group that belongs to their organization. Choose the organization first.',
      'visibility',
    )
  }
}

/** Domains in lower case, each once. */
export function checkDomains(given: string[]): string[] {
  const domains = given.map((domain) => domain.trim().replace(/^@/, '').toLowerCase()).filter(Boolean)
  const wrong = domains.find((domain) => !isDomain(domain))
  if (wrong !== undefined) {
    throw new Refusal(
      'invalid',
      `“${wrong}” is not an e-mail domain. Write what stands after the @, such as example.com.`,
      'domains',
    )
  }
  return [...new Set(domains)]
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
}
