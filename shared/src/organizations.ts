import Type, { type Static } from 'typebox'

export const LONGEST_ORGANIZATION_NAME = 80
export const ORGANIZATION_ROLES = ['admin', 'hr', 'colleague'] as const
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number]

const Uuid = Type.String({ format: 'uuid' })
export const OrganizationRoleOf = Type.Enum([...ORGANIZATION_ROLES])
const Name = Type.String({ minLength: 1, maxLength: LONGEST_ORGANIZATION_NAME, pattern: '\\S' })

/** An organization to create. The writer picks the id, so a retry is never a second one. */
export const OrganizationDraft = Type.Object({ id: Uuid, name: Name })
export type OrganizationDraft = Static<typeof OrganizationDraft>

export const OrganizationChange = Type.Partial(Type.Object({ name: Name, approvesGroups: Type.Boolean() }))
export type OrganizationChange = Static<typeof OrganizationChange>

/** A company, as its colleagues see it. */
export const Organization = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  /** New internal groups wait for an admin's yes. */
  approvesGroups: Type.Boolean(),
  /** Proven ones: whoever has a confirmed address there is a colleague. */
  domains: Type.Array(Type.String()),
  /** My own role in it. */
  role: OrganizationRoleOf,
})
export type Organization = Static<typeof Organization>

export const MyOrganization = Type.Object({
  id: Uuid,
  slug: Type.String(),
  name: Type.String(),
  approvesGroups: Type.Boolean(),
  role: OrganizationRoleOf,
})
export type MyOrganization = Static<typeof MyOrganization>
