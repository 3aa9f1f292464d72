import Type from 'typebox'
import { define } from './contract.ts'
import {
  Colleague,
  DomainDraft,
  DomainLink,
  MOST_SKILLS,
  MyOrganization,
  MySkill,
  Organization,
  OrganizationChange,
  OrganizationDomain,
  OrganizationDraft,
  OrganizationRoleOf,
  OrganizationSkill,
} from './organizations.ts'

const Uuid = Type.String({ format: 'uuid' })
const Empty = Type.Object({})
const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const ByDomain = Type.Object({ ...BySlug.properties, domainId: Uuid })
const ByColleague = Type.Object({ ...BySlug.properties, accountId: Uuid })
const ByToken = Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }) })

export const organizationCalls = define({
  createOrganization: {
    method: 'POST',
    path: '/api/organizations',
    body: OrganizationDraft,
    response: Organization,
    summary: 'Create an organization. Whoever creates it is its first admin',
  },
  listMyOrganizations: {
    method: 'GET',
    path: '/api/me/organizations',
    response: Type.Array(MyOrganization),
    summary: 'Organizations that I am a colleague of, also by my confirmed address',
  },
  getOrganization: {
    method: 'GET',
    path: '/api/organizations/:slug',
    params: BySlug,
    response: Organization,
    summary: 'An organization that I am a colleague of',
  },
  changeOrganization: {
    method: 'PATCH',
    path: '/api/organizations/:slug',
    params: BySlug,
    body: OrganizationChange,
    response: Organization,
    summary: 'Change the name, or whether new groups wait for a yes',
  },

  listDomains: {
    method: 'GET',
    path: '/api/organizations/:slug/domains',
    params: BySlug,
    response: Type.Array(OrganizationDomain),
    summary: 'E-mail domains of the organization, proven or not yet',
  },
  claimDomain: {
    method: 'POST',
    path: '/api/organizations/:slug/domains',
    params: BySlug,
    body: DomainDraft,
    response: OrganizationDomain,
    summary: 'Begin to prove an e-mail domain: mails a link to one of its mailboxes, or gives a TXT record',
  },
  checkDomain: {
    method: 'POST',
    path: '/api/organizations/:slug/domains/:domainId/check',
    params: ByDomain,
    response: OrganizationDomain,
    summary: 'Ask the name servers for the TXT record now',
  },
  removeDomain: {
    method: 'DELETE',
    path: '/api/organizations/:slug/domains/:domainId',
    params: ByDomain,
    response: Empty,
    summary: 'Remove a domain. Nobody becomes a colleague by it from then on',
  },
  readDomainLink: {
    method: 'GET',
    path: '/api/domain-links/:token',
    params: ByToken,
    response: DomainLink,
    summary: 'What the link in a mail to a mailbox proves. Does not use it up',
  },
  useDomainLink: {
    method: 'POST',
    path: '/api/domain-links/:token',
    params: ByToken,
    body: Empty,
    response: DomainLink,
    summary: 'Prove a domain by the link in the mail, once',
  },

  listColleagues: {
    method: 'GET',
    path: '/api/organizations/:slug/colleagues',
    params: BySlug,
    response: Type.Array(Colleague),
    summary: 'Who is a colleague, and who left: admins first, then HR, then by name',
  },
  changeColleagueRole: {
    method: 'PUT',
    path: '/api/organizations/:slug/colleagues/:accountId/role',
    params: ByColleague,
    body: Type.Object({ role: OrganizationRoleOf }),
    response: Empty,
    summary: 'Make a colleague an admin, HR, or neither',
  },

  listSkills: {
    method: 'GET',
    path: '/api/organizations/:slug/skills',
    params: BySlug,
    response: Type.Array(OrganizationSkill),
    summary: 'The skills as the organization names and orders them; hidden ones are for its admins',
  },
  listMySkills: {
    method: 'GET',
    path: '/api/me/skills',
    response: Type.Array(MySkill),
    summary: 'Skills to choose from: those of my organizations in their words and order, or the ten',
  },
  saveSkills: {
    method: 'PUT',
    path: '/api/organizations/:slug/skills',
    params: BySlug,
    body: Type.Object({ skills: Type.Array(OrganizationSkill, { maxItems: MOST_SKILLS }) }),
    response: Type.Array(OrganizationSkill),
    summary: 'Rename, add, hide and order the skills: the whole list',
  },
})
