import { and, eq, isNotNull, lt } from 'drizzle-orm'
import { buildAuthorizationUrl, calculatePKCECodeChallenge } from 'openid-client'
import { organizationDomains, organizations, ssoAttempts } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import { hashToken, newToken } from '../links.ts'
import { domainOf } from '../organizations/find-colleague.ts'
import { askProvider, isConnected, openProvider, type Connected } from './open-provider.ts'
import { redirectUri } from './settings.ts'

export const ATTEMPT_HOLDS_MS = 10 * 60 * 1000

/**
 * Where to go to sign in with a company. What comes back is only taken from the same browser: its cookie is bound to the
 * attempt, and nonce and PKCE verifier are made from it, so that none of them is stored.
 */
export async function beginSso(
  house: House,
  email: string,
  next: string | undefined,
  browser: string,
): Promise<string> {
  const organization = await findOrganization(house, email)
  const provider = await openProvider(house, organization)
  const state = newToken()
  await house.db.delete(ssoAttempts).where(lt(ssoAttempts.expiresAt, house.now()))
  await house.db.insert(ssoAttempts).values({
    stateHash: hashToken(state),
    browserHash: hashToken(browser),
    organizationId: organization.id,
    issuer: organization.oidcIssuer,
    clientId: organization.oidcClientId,
    next: next ?? null,
    expiresAt: new Date(house.now().getTime() + ATTEMPT_HOLDS_MS),
  })
  const { nonce, verifier } = secretsOf(browser, state)
  return askProvider(
    house,
    organization,
    async () =>
      buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri(house),
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        login_hint: email,
      }).href,
  )
}

/** What only the browser that began can show: it has the cookie and the state. */
export const secretsOf = (browser: string, state: string) => ({
  nonce: hashToken(`nonce:${browser}:${state}`),
  verifier: hashToken(`verifier:${browser}:${state}`),
})

/** The same sentence for a domain that nobody proved and for one whose organization has no provider. */
async function findOrganization(house: House, email: string): Promise<Connected> {
  const domain = domainOf(email)
  const [found] = await house.db
    .select({ organization: organizations })
    .from(organizationDomains)
    .innerJoin(organizations, eq(organizations.id, organizationDomains.organizationId))
    .where(and(eq(organizationDomains.domain, domain), isNotNull(organizationDomains.verifiedAt)))
  if (found && isConnected(found.organization)) return found.organization
  throw new Refusal(
    'invalid',
    `Nobody here signs in with an address at ${domain} through their company. Use your password, or have a link mailed to you.`,
    'email',
  )
}
