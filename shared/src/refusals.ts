/**
 * Every expected "no": its HTTP status and the sentence that people read. A sentence says what to do.
 * Whoever adds a code adds both, or it does not compile.
 */
const REFUSALS = {
  invalid: { status: 422, sentence: 'Something in there needs another look.' },
  'not-signed-in': { status: 401, sentence: 'Please sign in first.' },
  'not-verified': {
    status: 403,
    sentence: 'Please confirm your e-mail address first: open the link in the mail we sent you.',
  },
  'not-found': { status: 404, sentence: 'There is nothing here, or it is not open to you.' },
  'not-allowed': { status: 403, sentence: 'Your role in this group does not allow that. Ask an organizer.' },
  'wrong-origin': {
    status: 403,
    sentence: 'This request did not come from a page of this site. Reload and try again.',
  },
  'too-many': {
    status: 429,
    sentence: 'That was a lot in a short time. Please wait a minute and try again.',
  },
  'too-large': { status: 413, sentence: 'That is more than we can take in one go.' },
  conflict: {
    status: 409,
    sentence: 'Somebody changed this at the same time. Look at it again, then repeat.',
  },
  'wrong-password': {
    status: 401,
    sentence: 'E-mail and password do not match. You can also have a sign-in link mailed to you.',
  },
  suspended: { status: 403, sentence: 'This account is suspended.' },
  'company-sign-in': {
    status: 403,
    sentence: 'Addresses of this domain sign in through their company. Go on with “Sign in with my company”.',
  },
  'link-used-up': {
    status: 410,
    sentence: 'This link was used already or has expired. Ask for a new one; it takes a moment.',
  },
  'instance-in-use': {
    status: 409,
    sentence: 'The sample circle is only for an empty instance, and this one has accounts already.',
  },
} as const satisfies Record<string, { status: number; sentence: string }>

export type RefusalCode = keyof typeof REFUSALS

/** An expected "no". Its sentence may be made more exact than the code's own. */
export class Refusal extends Error {
  readonly code: RefusalCode
  /** Which field was meant, when it was one: a path such as `blocks/2/minutes`. */
  readonly field: string | undefined

  constructor(code: RefusalCode, sentence: string = REFUSALS[code].sentence, field?: string) {
    super(sentence)
    this.name = 'Refusal'
    this.code = code
    this.field = field
  }

  get status(): number {
    return REFUSALS[this.code].status
  }
}

/** What travels when something was refused, or failed: the fault code is `fault`. */
export type Problem = { code: RefusalCode | 'fault'; message: string; field?: string; requestId?: string }

export const isRefusalCode = (code: string): code is RefusalCode => code in REFUSALS
