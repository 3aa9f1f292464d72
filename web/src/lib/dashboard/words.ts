import type { Dashboard } from '#shared/dashboard.ts'

type Attendance = Dashboard['attendance']

/** "8, 8, 7, 6 of 8 came; 7 expected next." */
export function attendanceInWords(attendance: Attendance, members: number): string {
  const past = attendance.filter(({ expected }) => !expected).map(({ people }) => people)
  const next = attendance.find(({ expected }) => expected)
  if (past.length === 0) return next ? `${next.people} expected at the first session.` : ''
  return `${past.join(', ')} of ${members} came${next ? `; ${next.people} expected next` : ''}.`
}

/** "5 done, 1 partly, 2 open, 1 let go. Average 9 days." */
export function promisesInWords({
  done,
  partly,
  open,
  letGo,
  averageDays,
}: Dashboard['commitments']): string {
  const parts = [
    `${done} done`,
    partly > 0 && `${partly} partly`,
    `${open} open`,
    letGo > 0 && `${letGo} let go`,
  ].filter((part) => part !== false)
  return `${parts.join(', ')}.${averageDays === null ? '' : ` ${averageInWords(averageDays)}`}`
}

function averageInWords(days: number): string {
  const whole = Math.round(days)
  if (whole < 1) return 'Done within a day on average.'
  return `Average ${whole} ${whole === 1 ? 'day' : 'days'}.`
}

export type Segment = 'done' | 'now' | 'none'
const MOST_SEGMENTS = 16

/** One segment each while there is room, and parts of the whole when there are more. */
export function promiseSegments({ done, partly, open, letGo }: Dashboard['commitments']): Segment[] {
  const all = done + partly + open + letGo
  const scale = Math.min(1, MOST_SEGMENTS / all)
  // What is there is seen, however small its part.
  const of = (number: number) => (number === 0 ? 0 : Math.max(1, Math.round(number * scale)))
  return [
    ...Array.from({ length: of(done + partly) }, () => 'done' as const),
    ...Array.from({ length: of(open) }, () => 'now' as const),
    ...Array.from({ length: of(letGo) }, () => 'none' as const),
  ]
}

/** The steps of the programme: taken, the next one, still to come. */
export function programmeSegments({ steps, done, current }: NonNullable<Dashboard['programme']>): Segment[] {
  return Array.from({ length: steps }, (_, step) =>
    step === current ? 'now' : step < (current ?? done) ? 'done' : 'none',
  )
}
