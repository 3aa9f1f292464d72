import { fromNow, inWords } from '#lib/ui/time.ts'
import type { RsvpState, SessionSummary } from '#shared/sessions.ts'

/** The two buttons of an answer, in the words of where somebody stands. */
export function answersFor(
  mine: RsvpState | null,
  full: boolean,
  overDays = false,
): { yes: string; no: string } {
  if (overDays) return { yes: 'I take part', no: 'I can’t' }
  switch (mine) {
    case 'offered':
      return { yes: 'Take the place', no: 'Let it go on' }
    case 'waiting':
      return { yes: 'I wait for a place', no: 'I can’t' }
    case 'coming':
      return { yes: 'I’m coming', no: 'I can’t' }
    case 'not-coming':
    case null:
      return { yes: full ? 'Wait for a place' : 'I’m coming', no: 'I can’t' }
  }
}

type Places = Pick<SessionSummary, 'capacity' | 'coming' | 'offered' | 'waiting'>

/** "6 of 8 places are taken", "All 8 places are taken; 2 wait". Nothing when everybody can come. */
export function placesInWords({ capacity, coming, offered, waiting }: Places): string {
  if (capacity === null) return ''
  const taken = coming + offered
  const wait = waiting > 0 ? `; ${waiting === 1 ? 'one person waits' : `${waiting} people wait`}` : ''
  if (taken < capacity) return `${taken} of ${capacity} places are taken${wait}`
  return capacity === 1 ? `The one place is taken${wait}` : `All ${capacity} places are taken${wait}`
}

type Mine = { mine: RsvpState | null; offerEndsAt: string | null; ahead: number | null }

/** Where somebody stands, in a sentence; nothing while they have not said anything. */
export function standingInWords({ mine, offerEndsAt, ahead }: Mine, zone: string, now: Date): string {
  switch (mine) {
    case 'offered':
      return offerEndsAt
        ? `A place is kept for you until ${inWords(offerEndsAt, zone)}, ${fromNow(offerEndsAt, now, zone)}. After that it goes on to the next.`
        : 'A place is kept for you.'
    case 'waiting':
      return `${aheadInWords(ahead ?? 0)} You get a mail as soon as one is kept for you.`
    case 'coming':
      return 'You have a place.'
    case 'not-coming':
      return 'You said that you can’t come.'
    case null:
      return ''
  }
}

function aheadInWords(ahead: number): string {
  if (ahead === 0) return 'You are next in the line.'
  return ahead === 1 ? 'One person is before you.' : `${ahead} people are before you.`
}
