import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { organizations, ssoIdentities } from '#db/schema.ts'
import type { Input } from '#shared/contract.ts'
import type { hrCalls } from '#shared/hr.ts'
import type { ssoCalls } from '#shared/sso.ts'
import { canary } from './canary.ts'
import type { TestHouse, TestPerson } from './house.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, only, type Verdicts, type Who } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

type Calls = typeof ssoCalls & typeof hrCalls

const MADE_UP = 'x'.repeat(46)
const admins: Verdicts = only({ admin: 'ok', hr: 'not-allowed', colleague: 'not-allowed' })
const inCompany = ({ company }: World) => ({ params: { slug: company.slug } })
const change = { issuer: 'https://127.0.0.1/other', clientId: 'us', clientSecret: 'a secret' }

/** Who may do what with the sign-in of a company, and with its counts. */
export const SSO_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  readSso: { says: admins, ask: inCompany },
  changeSso: { says: admins, ask: (world) => ({ ...inCompany(world), body: change }) },
  removeSso: { says: admins, ask: inCompany },
  trySso: { says: admins, ask: inCompany },
  enforceSso: {
    // The admin did not come through the provider.
    says: { ...admins, admin: 'conflict' },
    ask: ({ company: { slug, domainId } }) => ({ params: { slug, id: domainId }, body: { enforces: true } }),
  },
  beginSso: { says: everybody('invalid'), ask: ({ people }) => ({ body: { email: people.member.email } }) },
  finishSso: {
    says: everybody('link-used-up'),
    ask: () => ({ body: { query: 'state=made-up&code=made-up' } }),
  },
  readSsoLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },
  useSsoLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },
  readHr: { says: { ...admins, hr: 'ok' }, ask: inCompany },
}

/** A provider that nobody reaches, and who the colleague is there. */
export async function connectProvider(
  { house }: TestHouse,
  { admin, colleague }: Record<Who, TestPerson>,
  slug: string,
): Promise<void> {
  const issuer = `https://127.0.0.1/${canary('issuer')}`
  await admin.api.changeSso({
    params: { slug },
    body: { issuer, clientId: canary('client id'), clientSecret: canary('client secret') },
  })
  const [organization] = await house.db.select().from(organizations).where(eq(organizations.slug, slug))
  await house.db.insert(ssoIdentities).values({
    organizationId: organization?.id ?? randomUUID(),
    accountId: colleague.id,
    issuer,
    subject: canary('subject'),
    createdAt: house.now(),
  })
}
