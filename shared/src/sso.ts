import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Email, Next, Zone } from './sign-in.ts'

/** Where a provider sends people back to; the same for every organization, so one line connects it. */
export const CALLBACK_PATH = '/sign-in/company/callback'

const Slug = Type.String({ maxLength: 80 })
const BySlug = Type.Object({ slug: Slug })
const Token = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }) })
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

/** What connects a provider. The secret goes in and never comes out; leaving it away keeps the one that is there. */
export const SsoChange = Type.Object({
  issuer: Type.String({ minLength: 1, maxLength: 500 }),
  clientId: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  clientSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
})
export type SsoChange = Static<typeof SsoChange>

export const SsoDomain = Type.Object({
  id: Type.String(),
  domain: Type.String(),
  /** Accounts of it sign in through the provider only. */
  enforcesSso: Type.Boolean(),
})
export type SsoDomain = Static<typeof SsoDomain>

/** How an organization signs in, as its admins see it. */
export const SsoSettings = Type.Object({
  issuer: Nullable(Type.String()),
  clientId: Nullable(Type.String()),
  hasSecret: Type.Boolean(),
  /** To be entered at the provider, letter by letter. */
  redirectUri: Type.String(),
  /** Proven domains. */
  domains: Type.Array(SsoDomain),
  /** The provider vouched for this very sign-in of mine: I know that it works. */
  throughIt: Type.Boolean(),
  /** Colleagues who came through it so far. */
  people: Type.Integer(),
})
export type SsoSettings = Static<typeof SsoSettings>

export const SsoTrial = Type.Object({ works: Type.Boolean(), sentence: Type.String() })
export type SsoTrial = Static<typeof SsoTrial>

/** A sign-in through a company, or what is still to do: somebody's account is theirs to connect. */
export const SsoArrival = Type.Union([
  Type.Object({ next: Nullable(Type.String()) }),
  Type.Object({ confirm: Type.String() }),
])
export type SsoArrival = Static<typeof SsoArrival>

export const ssoCalls = define({
  readSso: {
    method: 'GET',
    path: '/api/organizations/:slug/sso',
    params: BySlug,
    response: SsoSettings,
    summary: 'How an organization signs in',
  },
  changeSso: {
    method: 'PUT',
    path: '/api/organizations/:slug/sso',
    params: BySlug,
    body: SsoChange,
    response: SsoSettings,
    summary: 'Connect an identity provider (OpenID Connect)',
  },
  removeSso: {
    method: 'DELETE',
    path: '/api/organizations/:slug/sso',
    params: BySlug,
    response: SsoSettings,
    summary: 'Take the identity provider away',
  },
  trySso: {
    method: 'POST',
    path: '/api/organizations/:slug/sso/try',
    params: BySlug,
    response: SsoTrial,
    summary: 'Ask the identity provider what it is, and say in a sentence what is wrong',
  },
  enforceSso: {
    method: 'PUT',
    path: '/api/organizations/:slug/sso/domains/:id',
    params: Type.Object({ slug: Slug, id: Type.String({ format: 'uuid' }) }),
    body: Type.Object({ enforces: Type.Boolean() }),
    response: SsoSettings,
    summary: 'Let accounts of a domain sign in through the provider only, or not any more',
  },
  beginSso: {
    method: 'POST',
    path: '/api/sso',
    body: Type.Object({ email: Email, next: Next }),
    /** The address of the provider to go to. */
    response: Type.Object({ url: Type.String() }),
    summary: 'Begin to sign in through my company',
  },
  finishSso: {
    method: 'POST',
    path: '/api/sso/callback',
    body: Type.Object({ query: Type.String({ maxLength: 8000 }), zone: Type.Optional(Zone) }),
    response: SsoArrival,
    summary: 'Come back from the provider, once, with what it added to the address',
  },
  readSsoLink: {
    method: 'GET',
    path: '/api/sso/links/:token',
    params: Token,
    response: Type.Object({ email: Type.String(), organization: Type.String() }),
    summary: 'What a mailed link connects. Does not use it up',
  },
  useSsoLink: {
    method: 'POST',
    path: '/api/sso/links/:token',
    params: Token,
    response: Type.Object({ next: Nullable(Type.String()) }),
    summary: 'Connect my account with my company, once, and sign in',
  },
})
