import type { OrganizationRole } from '#shared/organizations.ts'

export const ORGANIZATION_ROLE_WORDS: Record<OrganizationRole, string> = {
  admin: 'Admin',
  hr: 'HR',
  colleague: 'Colleague',
}

export const ORGANIZATION_ROLE_MEANS: Record<OrganizationRole, string> = {
  admin: 'Decides about domains, colleagues, new groups and skills.',
  hr: 'Sees how many groups live and meet, in counts. Never who, and never what was said.',
  colleague: 'Finds the groups of the organization and starts new ones.',
}

/** "harbour.example and pier.example" */
export const inARow = (names: readonly string[]): string => new Intl.ListFormat('en-GB').format(names)
