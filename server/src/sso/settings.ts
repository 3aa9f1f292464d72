import { and, asc, count, eq, isNotNull } from 'drizzle-orm'
import type { Reader, Transaction } from '#db/connect.ts'
import { organizationDomains, organizations, ssoIdentities, ssoSignIns } from '#db/schema.ts'
import { Refusal } from '#shared/refusals.ts'
import { CALLBACK_PATH, type SsoChange, type SsoSettings, type SsoTrial } from '#shared/sso.ts'
import { keepAudit } from '../audit/keep-audit.ts'
import type { House } from '../house.ts'
import type { OrganizationRow } from '../organizations/find-colleague.ts'
import type { Admin } from '../organizations/guards.ts'
import { lockAsAdmin } from '../organizations/lock-organization.ts'
import { isConnected, openProvider } from './open-provider.ts'

export const redirectUri = ({ config }: House): string => `${config.origin}${CALLBACK_PATH}`

export async function readSettings(house: House, reader: Reader, admin: Admin): Promise<SsoSettings> {
  const { id } = admin.organization
  const [organization] = await reader.select().from(organizations).where(eq(organizations.id, id))
  if (!organization) throw new Refusal('not-found')
  const [people] = await reader
    .select({ number: count() })
    .from(ssoIdentities)
    .where(eq(ssoIdentities.organizationId, id))
  return {
    issuer: organization.oidcIssuer,
    clientId: organization.oidcClientId,
    hasSecret: organization.oidcClientSecret !== null,
    redirectUri: redirectUri(house),
    domains: await reader
      .select({
        id: organizationDomains.id,
        domain: organizationDomains.domain,
        enforcesSso: organizationDomains.enforcesSso,
      })
      .from(organizationDomains)
      .where(and(eq(organizationDomains.organizationId, id), isNotNull(organizationDomains.verifiedAt)))
      .orderBy(asc(organizationDomains.domain)),
    throughIt: await cameThrough(reader, admin.signInId, organization),
    people: people?.number ?? 0,
  }
}

/** Whether the provider that is set now vouched for this sign-in. */
export async function cameThrough(
  reader: Reader,
  signInId: string,
  { id, oidcIssuer }: OrganizationRow,
): Promise<boolean> {
  if (!oidcIssuer) return false
  const [found] = await reader
    .select({ id: ssoSignIns.signInId })
    .from(ssoSignIns)
    .where(
      and(
        eq(ssoSignIns.signInId, signInId),
        eq(ssoSignIns.organizationId, id),
        eq(ssoSignIns.issuer, oidcIssuer),
      ),
    )
  return found !== undefined
}

export async function changeSettings(
  house: House,
  admin: Admin,
  { issuer: typed, clientId: id, clientSecret }: SsoChange,
): Promise<SsoSettings> {
  const issuer = readIssuer(house, typed)
  const clientId = id.trim()
  return house.db.transaction(async (tx) => {
    const before = await lockAsAdmin(tx, admin)
    const moves = before.oidcIssuer !== issuer || before.oidcClientId !== clientId
    if (moves) await requireNothingEnforced(tx, before)
    // A secret belongs to the client of one issuer: it is never sent to another.
    const kept = moves ? null : before.oidcClientSecret
    const secret = clientSecret?.trim()
    if (!secret && !kept)
      throw new Refusal(
        'invalid',
        'Enter the secret that the provider gave to this client, too.',
        'clientSecret',
      )
    await tx
      .update(organizations)
      .set({
        oidcIssuer: issuer,
        oidcClientId: clientId,
        oidcClientSecret: secret ? house.seals.close('oidc-secret', Buffer.from(secret)) : kept,
      })
      .where(eq(organizations.id, before.id))
    if (moves || secret)
      await keepAudit(house, tx, {
        action: 'sso-changed',
        organizationId: before.id,
        actorId: admin.account.id,
        detail: { setting: moves ? 'provider' : 'secret', host: new URL(issuer).host },
      })
    return readSettings(house, tx, admin)
  })
}

export async function removeSettings(house: House, admin: Admin): Promise<SsoSettings> {
  return house.db.transaction(async (tx) => {
    const before = await lockAsAdmin(tx, admin)
    await requireNothingEnforced(tx, before)
    await tx
      .update(organizations)
      .set({ oidcIssuer: null, oidcClientId: null, oidcClientSecret: null })
      .where(eq(organizations.id, before.id))
    if (before.oidcIssuer)
      await keepAudit(house, tx, {
        action: 'sso-changed',
        organizationId: before.id,
        actorId: admin.account.id,
        detail: { setting: 'provider', host: null },
      })
    return readSettings(house, tx, admin)
  })
}

export async function tryProvider(house: House, { organization }: Admin): Promise<SsoTrial> {
  if (!isConnected(organization))
    return { works: false, sentence: 'Enter issuer, client id and secret first, and save them.' }
  try {
    await openProvider(house, organization)
    return {
      works: true,
      sentence: `${new URL(organization.oidcIssuer).host} answers as it should. Whether it takes the client id and the secret shows when somebody signs in: try that yourself next.`,
    }
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return { works: false, sentence: problem.message }
  }
}

/** The issuer as providers write it. Who pastes the address of its description means the same. */
function readIssuer({ config }: House, typed: string): string {
  const address = typed
    .trim()
    .replace(/\/\.well-known\/(?:openid-configuration|oauth-authorization-server)$/u, '')
  const url = URL.parse(address)
  const encrypted = url?.protocol === 'https:'
  if (!url?.hostname || (!encrypted && url.protocol !== 'http:'))
    throw wrongIssuer('That is not an issuer. It is an address such as https://login.example.com.')
  if (!encrypted && config.allowNetworks.length === 0)
    throw wrongIssuer('An issuer has to begin with https://, so that nobody in between can answer for it.')
  if (url.username || url.password || url.search || url.hash || address.includes('/.well-known/'))
    throw wrongIssuer('An issuer has no name, no “?” and no “#” in it. Copy it as the provider names it.')
  return address
}

const wrongIssuer = (sentence: string) => new Refusal('invalid', sentence, 'issuer')

async function requireNothingEnforced(tx: Transaction, { id }: OrganizationRow): Promise<void> {
  const [enforced] = await tx
    .select({ domain: organizationDomains.domain })
    .from(organizationDomains)
    .where(and(eq(organizationDomains.organizationId, id), eq(organizationDomains.enforcesSso, true)))
  if (enforced)
    throw new Refusal(
      'conflict',
      `People at ${enforced.domain} can only come in through this provider. Allow other ways to sign in first, then change it.`,
    )
}
