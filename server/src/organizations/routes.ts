import { organizationCalls as calls } from '#shared/organization-calls.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { anyone, requireSignIn, requireVerified } from '../sign-in/guards.ts'
import { limitTries } from '../sign-in/tries.ts'
import { changeColleagueRole } from './change-colleague-role.ts'
import { changeOrganization } from './change-organization.ts'
import { checkDomain, handleDomainJobs } from './check-domain.ts'
import { claimDomain } from './claim-domain.ts'
import { createOrganization } from './create-organization.ts'
import { requireAdmin, requireColleague } from './guards.ts'
import { listColleagues } from './list-colleagues.ts'
import { listDomains } from './list-domains.ts'
import { listMyOrganizations } from './list-my-organizations.ts'
import { listMySkills } from './list-my-skills.ts'
import { removeDomain } from './remove-domain.ts'
import { listSkills, saveSkills } from './save-skills.ts'
import { showOrganization } from './show-organization.ts'
import { readDomainLink, useDomainLink } from './use-domain-link.ts'

const MAILING = { limit: [20, 600] } as const
const LOOKING = { limit: [60, 60] } as const
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
  addDomainRoutes(house, app)

  answer(house, app, calls.listColleagues, requireAdmin, (admin) => listColleagues(house, admin))
  answer(house, app, calls.changeColleagueRole, requireAdmin, (admin, { params, body }) =>
    changeColleagueRole(house, admin, params.accountId, body.role),
  )
  answer(house, app, calls.listSkills, requireColleague, (colleague) => listSkills(house, colleague))
  answer(house, app, calls.listMySkills, requireSignIn, (signedIn) => listMySkills(house, signedIn))
  answer(house, app, calls.saveSkills, requireAdmin, (admin, { body }) =>
    saveSkills(house, admin, body.skills),
  )
  handleDomainJobs(house)
}

function addDomainRoutes(house: House, app: App): void {
  const mailed = limitTries(house, {
    most: 5,
    minutes: 60,
    sentence: 'We wrote to that domain several times already. Wait an hour, or prove it by a TXT record.',
  })
  answer(house, app, calls.listDomains, requireAdmin, (admin) => listDomains(house, admin))
  answer(
    house,
    app,
    calls.claimDomain,
    requireAdmin,
    (admin, { body }) => claimDomain(house, admin, body, mailed),
    MAILING,
  )
  answer(
    house,
    app,
    calls.checkDomain,
    requireAdmin,
    (admin, { params }) => checkDomain(house, admin, params.domainId),
    MAILING,
  )
  answer(house, app, calls.removeDomain, requireAdmin, (admin, { params }) =>
    removeDomain(house, admin, params.domainId),
  )
  answer(
    house,
    app,
    calls.readDomainLink,
    anyone,
    (_visitor, { params }) => readDomainLink(house, params.token),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.useDomainLink,
    anyone,
    (_visitor, { params }) => useDomainLink(house, params.token),
    LOOKING,
  )
}
