import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { FEWEST_PEOPLE } from './small-numbers.ts'

/** So many finished months are shown. */
export const HR_MONTHS = 12

/** A number of people, or nothing where it is about too few of them. */
const Told = Type.Union([Type.Integer(), Type.Null()])
/** Numbers of one month; attendance is told once the month is over. */
const HrMonth = Type.Object({ sessions: Type.Integer(), attendance: Told })
export type HrMonth = Static<typeof HrMonth>

export const HrGroup = Type.Object({
  name: Type.String(),
  ended: Type.Boolean(),
  members: Told,
  /** One for each of the months. */
  months: Type.Array(HrMonth),
})
export type HrGroup = Static<typeof HrGroup>

/** What HR reads of an organization: counts. */
export const HrView = Type.Object({
  /** "2026-10", oldest first; the last is the month that is not over yet. */
  months: Type.Array(Type.String()),
  groups: Type.Array(HrGroup),
  /** Of all groups together; somebody in two of them counts in both. */
  members: Told,
  totals: Type.Array(HrMonth),
})
export type HrView = Static<typeof HrView>

const inAList = (words: readonly string[], last: string) =>
  `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`

/** What HR reads, and what nobody outside a group ever does. The page, the guard and the stories go by it. */
export const HR_POLICY = {
  reads: ['groups', 'members', 'sessions held', 'attendance by month'],
  never: ['who is in a group', 'who was there', 'what was said, written, promised or planned'],
  fewest: FEWEST_PEOPLE,
} as const

export const hrSentences = ({ reads, never, fewest }: typeof HR_POLICY): string[] => [
  `HR and admins of the organization see counts: ${inAList(reads, 'and')}. They never read ${inAList(never, 'or')}.`,
  `A number about fewer than ${fewest} people is left out, and so is every other from which it could be worked out.`,
  'Private groups that the organization did not approve are not counted, and not named.',
]

export const hrCalls = define({
  readHr: {
    method: 'GET',
    path: '/api/organizations/:slug/hr',
    params: Type.Object({ slug: Type.String({ maxLength: 80 }) }),
    response: HrView,
    summary: 'How the groups of an organization live, in counts; small numbers are left out',
  },
})
