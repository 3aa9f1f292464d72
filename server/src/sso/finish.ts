import { and, eq, gt } from 'drizzle-orm'
import { authorizationCodeGrant, fetchUserInfo, type Configuration } from 'openid-client'
import { organizations, ssoAttempts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken } from '../links.ts'
import { normaliseEmail } from '../sign-in/email.ts'
import { secretsOf } from './begin.ts'
import { askProvider, isConnected, openProvider, type Connected } from './open-provider.ts'
import { redirectUri } from './settings.ts'

/** What a provider said of somebody, and proved. */
export type Vouched = {
  readonly organization: Connected
  readonly issuer: string
  readonly subject: string
  /** Set when the provider says that it is theirs. */
  readonly email: string | undefined
  readonly name: string
  readonly next: string | null
}

/**
 * Takes what a provider sent the browser back with, once. Whatever does not fit is refused before anything is kept.
 * @param browser the token in the cookie of the browser that comes back.
 */
export async function finishSso(house: House, query: string, browser: string | undefined): Promise<Vouched> {
  const parameters = new URLSearchParams(query)
  const [state, more] = parameters.getAll('state')
  if (!state || more !== undefined || !browser) throw notBegunHere()
  const [attempt] = await house.db
    .delete(ssoAttempts)
    .where(
      and(
        eq(ssoAttempts.stateHash, hashToken(state)),
        eq(ssoAttempts.browserHash, hashToken(browser)),
        gt(ssoAttempts.expiresAt, house.now()),
      ),
    )
    .returning()
  if (!attempt) throw notBegunHere()

  const [organization] = await house.db
    .select()
    .from(organizations)
    .where(eq(organizations.id, attempt.organizationId))
  if (
    !organization ||
    !isConnected(organization) ||
    organization.oidcIssuer !== attempt.issuer ||
    organization.oidcClientId !== attempt.clientId
  )
    throw new Refusal('conflict', 'Your company changed its sign-in just now. Begin again.')

  const provider = await openProvider(house, organization)
  const said = await askProvider(house, organization, () =>
    exchange(provider, `${redirectUri(house)}?${parameters.toString()}`, state, secretsOf(browser, state)),
  )
  return { organization, issuer: provider.serverMetadata().issuer, next: attempt.next, ...said }
}

const notBegunHere = () =>
  new Refusal(
    'link-used-up',
    'This sign-in was begun in another browser, was finished already, or took longer than ten minutes. Begin it again.',
  )

/** The code for the claims. Where they have no address, the provider's own page about its people is asked. */
async function exchange(
  provider: Configuration,
  address: string,
  state: string,
  { nonce, verifier }: { nonce: string; verifier: string },
): Promise<Pick<Vouched, 'subject' | 'email' | 'name'>> {
  const tokens = await authorizationCodeGrant(provider, new URL(address), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Refusal('invalid', 'The provider did not say who you are.', 'issuer')
  const about: Record<string, unknown> =
    claims.email === undefined && provider.serverMetadata().userinfo_endpoint
      ? { ...(await fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims }
      : claims
  const { email, email_verified: verified, name, given_name: given, family_name: family } = about
  const words = [name, [given, family].filter((part) => typeof part === 'string').join(' ')]
  return {
    subject: claims.sub,
    email:
      typeof email === 'string' && (verified === true || verified === 'true')
        ? normaliseEmail(email)
        : undefined,
    name: words.find((one): one is string => typeof one === 'string' && one.trim() !== '') ?? '',
  }
}
