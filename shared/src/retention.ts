import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Months after which the words of a group are deleted, if it wants that. */
export const RETENTIONS = [3, 6, 12, 24] as const
/** Days between choosing a shorter time and the first deletion by it. */
export const RETENTION_NOTICE_DAYS = 7

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Months = orNull(Type.Enum([...RETENTIONS]))
export type RetentionMonths = (typeof RETENTIONS)[number] | null

/** How long the words of a group are kept. */
export const Retention = Type.Object({
  /** None: they stay. */
  months: orNull(Type.Integer()),
  /** A shorter time that was chosen, and from when on it holds. */
  next: orNull(Type.Object({ months: Type.Integer(), startsAt: Type.String({ format: 'date-time' }) })),
})
export type Retention = Static<typeof Retention>

/** Whether words would be deleted that are kept now. */
export const isShorter = (months: number | null, than: number | null): boolean =>
  months !== null && (than === null || months < than)

/** What is older than this is deleted: that many months ago by the calendar, at most back to the end of a short month. */
export function keptSince(months: number, now: Date): Date {
  const then = new Date(now)
  const day = then.getUTCDate()
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() - months)
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(day, last))
  return then
}

/** How long what is written now will be kept. */
export const keptMonths = ({ months, next }: Retention): number | null => next?.months ?? months

/** To stand beside what somebody writes; nothing when it is kept. */
export const sayKept = (months: number | null | undefined): string =>
  months ? ` It is deleted after ${months} months.` : ''

export const retentionCalls = define({
  changeRetention: {
    method: 'PUT',
    path: '/api/groups/:slug/retention',
    params: Type.Object({ slug: Type.String({ maxLength: 80 }) }),
    body: Type.Object({ months: Months }),
    response: Retention,
    summary: 'How long words are kept; a shorter time is announced by mail and holds a week later',
  },
})
