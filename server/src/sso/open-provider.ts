import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import { Refusal } from '#shared/refusals.ts'
import type { House } from '../house.ts'
import type { OrganizationRow } from '../organizations/find-colleague.ts'
import { providerProblem } from './provider-problem.ts'
import { reachProvider } from './reach-provider.ts'

/** An organization that connected a provider. */
export type Connected = OrganizationRow & {
  readonly oidcIssuer: string
  readonly oidcClientId: string
  readonly oidcClientSecret: string
}

export const isConnected = (organization: OrganizationRow): organization is Connected =>
  organization.oidcIssuer !== null &&
  organization.oidcClientId !== null &&
  organization.oidcClientSecret !== null

/**
 * Asks the provider of an organization what it is. The issuer is pinned to what the admin entered.
 * @throws Refusal with what is wrong, as a sentence.
 */
export async function openProvider(house: House, organization: Connected): Promise<Configuration> {
  const issuer = new URL(organization.oidcIssuer)
  const secret = openSecret(house, organization)
  return askProvider(house, organization, async () => {
    const config = await discovery(issuer, organization.oidcClientId, {}, authenticate(secret), {
      [customFetch]: reachProvider(house.config),
      timeout: house.config.providerWait / 1000,
      execute: [
        // Also what came straight from the provider has to carry its signature.
        enableNonRepudiationChecks,
        // Only in networks that the operator allows (reach-provider.ts).
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to be removed
        ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
      ],
    })
    const said = config.serverMetadata()
    // The library makes an exception for issuers of many tenants at once; we don't.
    if (URL.parse(said.issuer)?.href !== issuer.href)
      throw new Refusal(
        'invalid',
        `This address belongs to the issuer “${said.issuer.slice(0, 200)}”, not to “${organization.oidcIssuer}”. Enter the one of your organization alone.`,
        'issuer',
      )
    requirePage(said.authorization_endpoint, issuer)
    return config
  })
}

/** Does something with a provider; what goes wrong there is said in a sentence. */
export async function askProvider<Answer>(
  { config }: House,
  { oidcIssuer }: Connected,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask()
  } catch (problem) {
    throw providerProblem(problem, oidcIssuer, config.providerWait)
  }
}

/** The browser is sent there, so it has to be a page of the web. */
function requirePage(endpoint: string | undefined, issuer: URL): void {
  const url = URL.parse(endpoint ?? '')
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && issuer.protocol === 'http:')) return
  throw new Refusal('invalid', `${issuer.host} names no page where people sign in.`, 'issuer')
}

function openSecret({ seals }: House, { oidcClientSecret }: Connected): string {
  try {
    return seals.open('oidc-secret', oidcClientSecret).toString()
  } catch {
    throw new Refusal(
      'invalid',
      'The secret of this provider can’t be opened any more. An admin of the organization has to enter it anew.',
      'clientSecret',
    )
  }
}

/** As the provider wants it; where it does not say, as the standard says. */
function authenticate(secret: string): ClientAuth {
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const way = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost
    way(secret)(server, ...rest)
  }
}
