import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

export const SHORTEST_PASSWORD = 10
export const Email = Type.String({ format: 'email', maxLength: 254 })
const Password = Type.String({ minLength: SHORTEST_PASSWORD, maxLength: 200 })
const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })
/** IANA name, as the browser knows it. */
export const Zone = Type.String({ maxLength: 60 })
/**
 * A path of this site. Browsers read `//` and `/\` as another host and drop tabs and line ends before they look, so
 * none of these may stand in it.
 */
const OWN_PATH = '^/(?![/\\\\])[^\\\\\\u0000-\\u0020\\u007f]*$'
const LONGEST_PATH = 500
/** Where to go on afterwards. */
export const Next = Type.Optional(Type.String({ maxLength: LONGEST_PATH, pattern: OWN_PATH }))
const Empty = Type.Object({})

/** A person who can sign in, as they see themselves. */
export const Account = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  verified: Type.Boolean(),
  operator: Type.Boolean(),
  sample: Type.Boolean(),
  zone: Type.String(),
})
export type Account = Static<typeof Account>

/** Who is asking, and what this instance is like: what every page needs. */
export const Visit = Type.Object({
  /** What the whole addresses of this instance begin with. */
  origin: Type.String(),
  account: Type.Union([Account, Type.Null()]),
  /** Nobody real has an account yet: the first one becomes the operator's, or one looks around in the sample circle. */
  empty: Type.Boolean(),
  /** Mail leaves this instance. Without an SMTP server it is kept for the operator. */
  sendsMail: Type.Boolean(),
  /** I am the operator, and mail is kept for me to read. */
  outbox: Type.Boolean(),
  /** The people of the sample circle that one can switch between; empty elsewhere. */
  samplePeople: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), role: Type.String() })),
})
export type Visit = Static<typeof Visit>

export const SignUp = Type.Object({ email: Email, name: Name, password: Password, zone: Zone, next: Next })
export type SignUp = Static<typeof SignUp>

export const MailLinkPurpose = Type.Union([
  Type.Literal('verify'),
  Type.Literal('sign-in'),
  Type.Literal('reset'),
])
export type MailLinkPurpose = Static<typeof MailLinkPurpose>

/** One open sign-in, as its owner sees it. */
export const SignInInfo = Type.Object({
  /** A short name of it that opens nothing. */
  id: Type.String(),
  device: Type.String(),
  since: Type.String({ format: 'date-time' }),
  current: Type.Boolean(),
})
export type SignInInfo = Static<typeof SignInInfo>

/** A mail in the operator's outbox. */
export const OutboxMail = Type.Object({
  id: Type.String(),
  recipient: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
})
export type OutboxMail = Static<typeof OutboxMail>

/** Where to go on after a sign-in: only ever a path of this site, whatever the address of the page asked for. */
export const ownPath = (next: string | null | undefined, otherwise = '/'): string =>
  next && next.length <= LONGEST_PATH && new RegExp(OWN_PATH).test(next) ? next : otherwise

const Token = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }) })

export const signInCalls = define({
  visit: {
    method: 'GET',
    path: '/api/visit',
    response: Visit,
    summary: 'Who is asking, and what this instance is like',
  },
  signUp: {
    method: 'POST',
    path: '/api/sign-up',
    body: SignUp,
    /** Only the very first account is signed in at once; everybody else gets a mail. */
    response: Type.Object({ signedIn: Type.Boolean() }),
    summary: 'Sign up. The answer is the same whether or not the address is known',
  },
  signIn: {
    method: 'POST',
    path: '/api/sign-in',
    body: Type.Object({ email: Email, password: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: Empty,
    summary: 'Sign in with e-mail and password',
  },
  signOut: { method: 'POST', path: '/api/sign-out', response: Empty, summary: 'Sign out here' },
  mailSignInLink: {
    method: 'POST',
    path: '/api/sign-in/link',
    body: Type.Object({ email: Email, next: Next }),
    response: Empty,
    summary: 'Have a sign-in link mailed. The answer is the same whether or not the address is known',
  },
  mailResetLink: {
    method: 'POST',
    path: '/api/sign-in/reset',
    body: Type.Object({ email: Email }),
    response: Empty,
    summary: 'Have a link mailed that sets a new password',
  },
  mailVerifyLink: {
    method: 'POST',
    path: '/api/me/verify',
    response: Empty,
    summary: 'Have the confirmation link mailed again',
  },
  readMailLink: {
    method: 'GET',
    path: '/api/mail-links/:token',
    params: Token,
    response: Type.Object({ purpose: MailLinkPurpose, email: Type.String() }),
    summary: 'What a mailed link is for. Does not use it up',
  },
  useMailLink: {
    method: 'POST',
    path: '/api/mail-links/:token',
    params: Token,
    body: Type.Object({ password: Type.Optional(Password) }),
    response: Type.Object({ next: Type.Union([Type.String(), Type.Null()]) }),
    summary:
      'Use a mailed link, once: confirms the address and signs in; a reset link takes the new password',
  },
  changeMe: {
    method: 'PATCH',
    path: '/api/me',
    body: Type.Object({ name: Type.Optional(Name), zone: Type.Optional(Zone) }),
    response: Account,
    summary: 'Change my name or time zone',
  },
  listSignIns: {
    method: 'GET',
    path: '/api/me/sign-ins',
    response: Type.Array(SignInInfo),
    summary: 'My open sign-ins',
  },
  endSignIn: {
    method: 'DELETE',
    path: '/api/me/sign-ins/:id',
    params: Type.Object({ id: Type.String() }),
    response: Empty,
    summary: 'End one of my sign-ins',
  },
  endOtherSignIns: {
    method: 'DELETE',
    path: '/api/me/sign-ins',
    response: Empty,
    summary: 'End all my sign-ins but this one',
  },
  lookAround: {
    method: 'POST',
    path: '/api/sample',
    response: Type.Object({ slug: Type.String() }),
    summary: 'Load the sample circle into an empty instance and enter it as its facilitator',
  },
  switchSamplePerson: {
    method: 'POST',
    path: '/api/sample/switch',
    body: Type.Object({ accountId: Type.String({ format: 'uuid' }) }),
    response: Empty,
    summary: 'Look at the sample circle as another of its people',
  },
  listOutbox: {
    method: 'GET',
    path: '/api/outbox',
    response: Type.Array(OutboxMail),
    summary: 'Mail kept for the operator, newest first',
  },
})
