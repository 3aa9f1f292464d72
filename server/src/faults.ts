import { DrizzleQueryError } from 'drizzle-orm'
import { DatabaseError } from 'pg'
import { Refusal } from '#shared/refusals.ts'

/** A fault, as the log shows it. */
export type LoggedFault = {
  type: string
  message: string
  code?: string
  stack: string
  cause?: LoggedFault
}

/**
 * What operators need to find a fault, and nothing that people wrote: an error of the database repeats the values of
 * its statement, so of those only the statement and the names are kept.
 */
export function describeFault(error: unknown): LoggedFault {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const { cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...(code ? { code } : {}),
    stack: framesOf(error),
    ...(cause instanceof Error ? { cause: describeFault(cause) } : {}),
  }
}

function messageOf(error: Error): string {
  if (error instanceof DrizzleQueryError) return error.query
  if (error instanceof DatabaseError) {
    const { table, column, constraint, routine } = error
    return [table, column, constraint, routine].filter(Boolean).join(' ')
  }
  return error.message
}

/** Where it happened: the lines before the first frame repeat the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')

const UNKEPT = 'There is something in there that can’t be kept.'
/** What a database can't hold is no fault of ours, whichever field it came in. */
const UNSTORABLE: Record<string, string> = {
  /** The character NUL in text, and in JSON; half a character in JSON. */
  '22021': `${UNKEPT} An invisible character came along: copy the words as plain text and send them again.`,
  '22P05': `${UNKEPT} An invisible character came along: copy the words as plain text and send them again.`,
  '22P02': `${UNKEPT} An invisible character came along: copy the words as plain text and send them again.`,
  /** Numbers and dates beyond its range. */
  '22003': `${UNKEPT} A number is too large or too small: choose another.`,
  '22007': `${UNKEPT} A date is no date that we know: choose another.`,
  '22008': `${UNKEPT} A date is too far away: choose another.`,
}
/** Two changes waited for each other, or what one of them hangs on is gone. */
const AT_THE_SAME_TIME = new Set(['40001', '40P01', '23503', '23505'])

/** The expected "no" that an error of the database stands for, when it stands for one. */
export function refusalOfDatabase(error: unknown): Refusal | undefined {
  const problem = error instanceof DrizzleQueryError ? error.cause : error
  if (!(problem instanceof DatabaseError) || problem.code === undefined) return undefined
  const sentence = UNSTORABLE[problem.code]
  if (sentence) return new Refusal('invalid', sentence)
  return AT_THE_SAME_TIME.has(problem.code) ? new Refusal('conflict') : undefined
}

/** Whether the database refused a row because there is one of that key. */
export function wasTaken(error: unknown): boolean {
  const problem = error instanceof DrizzleQueryError ? error.cause : error
  return problem instanceof DatabaseError && problem.code === '23505'
}
