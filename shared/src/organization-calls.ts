import Type from 'typebox'
import { define } from './contract.ts'
import { MyOrganization, Organization, OrganizationChange, OrganizationDraft } from './organizations.ts'

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })

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
})
