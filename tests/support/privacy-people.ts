import type { RefusalCode } from '#shared/refusals.ts'

/** Everybody who may ask something of a private circle, seen from it. */
export const PEOPLE = [
  'anonymous',
  /** Was a facilitator of the circle in a sign-in that has expired. */
  'expired',
  'unverified',
  'stranger',
  /** Organizes another group. */
  'outsider',
  /** Admin of another company. */
  'otherCompany',
  /** Of a company that the circle does not belong to: its admin, its HR, and somebody who works there. */
  'admin',
  'hr',
  'colleague',
  'operator',
  /** Was mailed an invite and has not accepted it. */
  'invited',
  'requested',
  'waitlisted',
  'removed',
  'left',
  'member',
  'facilitator',
  'organizer',
] as const
export type Who = (typeof PEOPLE)[number]

/** What a call says to somebody: it does what it is for, or refuses with a code. */
export type Verdict = 'ok' | RefusalCode
export type Verdicts = Record<Who, Verdict>

export const everybody = (verdict: Verdict): Verdicts =>
  Object.fromEntries(PEOPLE.map((who) => [who, verdict])) as Verdicts

const nobodyKnows = { anonymous: 'not-signed-in', expired: 'not-signed-in' } as const
export const anybody = everybody('ok')
export const signedIn: Verdicts = { ...anybody, ...nobodyKnows }
/** Those who are signed in hear "not found", but for whoever is named. */
export const only = (some: Partial<Verdicts>): Verdicts => ({
  ...everybody('not-found'),
  ...nobodyKnows,
  ...some,
})
export const members = only({ member: 'ok', facilitator: 'ok', organizer: 'ok' })
export const facilitators: Verdicts = { ...members, member: 'not-allowed' }
export const organizers: Verdicts = { ...facilitators, facilitator: 'not-allowed' }

/** Everybody else hears "not found", also without an account. */
export const operators: Verdicts = { ...everybody('not-found'), operator: 'ok' }

/** The people who may read a word. */
export const company: Who[] = ['admin', 'hr', 'colleague']
export const inside: Who[] = ['member', 'facilitator', 'organizer']
export const chairs: Who[] = ['facilitator', 'organizer']
/** They see the page of the circle that they wait for. */
export const waiting: Who[] = ['requested', 'waitlisted']
