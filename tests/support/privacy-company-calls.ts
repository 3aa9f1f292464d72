import { randomUUID } from 'node:crypto'
import type { auditCalls } from '#shared/audit-calls.ts'
import type { Input } from '#shared/contract.ts'
import type { internalGroupCalls } from '#shared/internal-groups.ts'
import type { organizationCalls } from '#shared/organization-calls.ts'
import { skillList } from '#shared/skill-list.ts'
import type { Row } from './privacy-calls.ts'
import { everybody, only, organizers, signedIn, type Verdicts } from './privacy-people.ts'
import type { World } from './privacy-world.ts'

type Calls = typeof organizationCalls & typeof internalGroupCalls & typeof auditCalls

const MADE_UP = 'x'.repeat(46)
export const companyFolk = only({ admin: 'ok', hr: 'ok', colleague: 'ok' })
export const companyAdmins: Verdicts = { ...companyFolk, hr: 'not-allowed', colleague: 'not-allowed' }

const inCompany = ({ company }: World) => ({ params: { slug: company.slug } })
const ofDomain = ({ company: { slug, domainId } }: World) => ({ params: { slug, domainId } })
const ofColleague = ({ company: { slug }, people }: World) => ({ slug, accountId: people.colleague.id })

/** Who may do what at a company; the circle belongs to none. */
export const COMPANY_CALLS: { [Name in keyof Calls]: Row<Input<Calls[Name]>> } = {
  createOrganization: {
    says: { ...signedIn, unverified: 'not-verified' },
    ask: () => ({ body: { id: randomUUID(), name: 'Mine' } }),
  },
  listMyOrganizations: { says: signedIn },
  getOrganization: { says: companyFolk, ask: inCompany },
  changeOrganization: {
    says: companyAdmins,
    ask: (world) => ({ ...inCompany(world), body: { approvesGroups: false } }),
  },
  listDomains: { says: companyAdmins, ask: inCompany },
  claimDomain: {
    says: companyAdmins,
    ask: (world) => ({ ...inCompany(world), body: { domain: 'quay.example', method: 'dns' } }),
  },
  checkDomain: { says: companyAdmins, ask: ofDomain },
  removeDomain: { says: companyAdmins, ask: ofDomain },
  readDomainLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP } }) },
  useDomainLink: { says: everybody('link-used-up'), ask: () => ({ params: { token: MADE_UP }, body: {} }) },
  listColleagues: { says: companyAdmins, ask: inCompany },
  changeColleagueRole: {
    says: companyAdmins,
    ask: (world) => ({ params: ofColleague(world), body: { role: 'hr' } }),
  },
  listMySkills: { says: signedIn },
  listSkills: { says: companyFolk, ask: inCompany },
  saveSkills: {
    says: companyAdmins,
    ask: (world) => ({ ...inCompany(world), body: { skills: skillList([]) } }),
  },
  listInternalGroups: { says: companyFolk, ask: inCompany },
  listWaitingGroups: { says: companyAdmins, ask: inCompany },
  decideGroup: {
    says: companyAdmins,
    ask: ({ company: { slug, waitingId } }) => ({
      params: { slug, groupId: waitingId },
      body: { approve: true },
    }),
  },
  setGroupOrganization: {
    says: organizers,
    ask: ({ slug }) => ({ params: { slug }, body: { organization: null } }),
  },
  endColleague: { says: companyAdmins, ask: (world) => ({ params: ofColleague(world), body: {} }) },
  welcomeBack: { says: companyAdmins, ask: (world) => ({ params: ofColleague(world), body: {} }) },
  leaveOrganization: {
    // The only admin makes another one first.
    says: { ...companyFolk, admin: 'conflict' },
    ask: (world) => ({ ...inCompany(world), body: {} }),
  },
  deleteOrganization: {
    says: companyAdmins,
    ask: (world) => ({ ...inCompany(world), body: { name: world.company.name } }),
  },
  listMyAudit: { says: signedIn, ask: () => ({ query: {} }) },
  listGroupAudit: { says: organizers, ask: ({ slug }) => ({ params: { slug }, query: {} }) },
  listOrganizationAudit: { says: companyAdmins, ask: (world) => ({ ...inCompany(world), query: {} }) },
}
