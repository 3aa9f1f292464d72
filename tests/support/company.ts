import { randomUUID } from 'node:crypto'
import type { Config } from '#server/config.ts'
import type { Input } from '#shared/contract.ts'
import type { InviteDraft, inviteCalls } from '#shared/invites.ts'
import type { Group, GroupDraft } from '#shared/groups.ts'
import type { Organization } from '#shared/organizations.ts'
import { openHouse, type TestHouse, type TestPerson } from './house.ts'

/** Harbour Ltd has proven harbour.example: Ada is its admin, Ben and Cleo work there, Eve works at Other Ltd. */
export type Company = TestHouse & {
  company: Organization
  params: { slug: string }
  ada: TestPerson
  ben: TestPerson
  cleo: TestPerson
  /** The admin of another organization. */
  eve: TestPerson
  other: Organization
  /** Proves a domain by the mail to its postmaster. */
  prove: (admin: TestPerson, slug: string, domain: string) => Promise<void>
  colleague: (name: string) => Promise<TestPerson>
  /** A group of the company that colleagues find. */
  start: (by: TestPerson, more?: Partial<GroupDraft>) => Promise<Group>
}

export async function openCompany(settings: Partial<Config> = {}): Promise<Company> {
  const house = await openHouse({ settings })
  const colleague = (name: string) => house.person(name, { email: `${name.toLowerCase()}@harbour.example` })
  const [ada, ben, cleo] = [await colleague('Ada'), await colleague('Ben'), await colleague('Cleo')]
  const eve = await house.person('Eve', { email: 'eve@other.example' })
  const create = (admin: TestPerson, name: string) =>
    admin.api.createOrganization({ body: { id: randomUUID(), name } })
  const company = await create(ada, 'Harbour Ltd')
  const other = await create(eve, 'Other Ltd')
  const prove = async (admin: TestPerson, slug: string, domain: string) => {
    await admin.api.claimDomain({ params: { slug }, body: { domain, method: 'mail', mailbox: 'postmaster' } })
    await house
      .stranger()
      .api.useDomainLink({ params: { token: await tokenTo(house, `postmaster@${domain}`) }, body: {} })
  }
  await prove(ada, company.slug, 'harbour.example')
  await prove(eve, other.slug, 'other.example')
  return {
    ...house,
    ada,
    ben,
    cleo,
    eve,
    company,
    other,
    params: { slug: company.slug },
    prove,
    colleague,
    start: (by, more = {}) =>
      by.api.createGroup({ body: { ...internalDraft(), organization: company.slug, ...more } }),
  }
}

/** The token in the newest mail to an address. */
export const tokenTo = async ({ linkTo }: TestHouse, email: string): Promise<string> =>
  (await linkTo(email)).split('/').at(-1) ?? ''

export const internalDraft = (): GroupDraft => ({
  id: randomUUID(),
  kind: 'internal',
  name: 'Tuesday circle',
  purpose: 'Lead without a title',
  visibility: 'colleagues',
  admission: 'open',
  domains: [],
  programmeId: null,
  rhythm: 'weekly',
  zone: 'Europe/Berlin',
  firstSessionAt: null,
  places: 8,
  city: null,
  venue: null,
  room: 'Room Elbe',
  onlineLink: null,
})

/** A link that lets anybody in, as members. */
export const openInvite = (): InviteDraft => ({
  id: randomUUID(),
  role: 'member',
  days: 7,
  maxUses: null,
  domains: [],
})

/** A personal invite by mail. */
export const mailedTo = (email: string): Input<typeof inviteCalls.mailInvites>['body'] => ({
  invites: [{ id: randomUUID(), email }],
  role: 'member',
  days: 7,
  note: '',
})
