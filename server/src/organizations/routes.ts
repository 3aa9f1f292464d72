import { organizationCalls as calls } from '#shared/organization-calls.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn, requireVerified } from '../sign-in/guards.ts'
import { changeOrganization } from './change-organization.ts'
import { createOrganization } from './create-organization.ts'
import { requireAdmin, requireColleague } from './guards.ts'
import { listMyOrganizations } from './list-my-organizations.ts'
import { showOrganization } from './show-organization.ts'

const CREATING = { limit: [10, 3600] } as const

export function addOrganizationRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.createOrganization,
    requireVerified,
    (verified, { body }) => createOrganization(house, verified, body),
    CREATING,
  )
  answer(house, app, calls.listMyOrganizations, requireSignIn, (signedIn) =>
    listMyOrganizations(house, signedIn),
  )
  answer(house, app, calls.getOrganization, requireColleague, ({ organization, role }) =>
    showOrganization(house.db, organization, role),
  )
  answer(house, app, calls.changeOrganization, requireAdmin, (admin, { body }) =>
    changeOrganization(house, admin, body),
  )
}
