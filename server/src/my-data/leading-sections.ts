import type { MyData } from '#shared/my-data.ts'
import type { Entry, Section } from './page-sections.ts'

/** Which sessions I led or was named for, and where I came in with a code. */
export const leadingSections = (
  data: MyData,
  at: (instant: string | null) => string | null,
  meeting: (one: { group: string; session: string; startsAt: string }) => Entry['facts'],
): Section[] => [
  {
    title: 'Sessions you led',
    none: 'None.',
    entries: data.sessionsLed.map((one) => ({ title: one.session, facts: meeting(one) })),
  },
  {
    title: 'Sessions you were a co-facilitator of',
    none: 'None.',
    entries: data.coFacilitatorOf.map((one) => ({ title: one.session, facts: meeting(one) })),
  },
  {
    title: 'Sessions you came into with a code',
    none: 'None.',
    entries: data.cameByCode.map((one) => ({
      title: one.session,
      facts: [...meeting(one), ['Came in', at(one.cameAt)], ['Sent out', at(one.removedAt)]],
    })),
  },
]
