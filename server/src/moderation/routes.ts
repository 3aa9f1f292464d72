import { moderationCalls as calls } from '#shared/moderation.ts'
import { requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { anyone, requireOperator, requireSignIn } from '../sign-in/guards.ts'
import { blockInviter, blockPerson, listBlocked, unblockPerson } from './block-person.ts'
import { decideGroupReport, decideOperatorReport } from './decide-report.ts'
import { forgetReports } from './forget-reports.ts'
import { listGroupReports, listMyReports, listOperatorReports } from './list-reports.ts'
import { readRules } from './read-rules.ts'
import { readTarget } from './read-target.ts'
import { sendReport } from './send-report.ts'
import { resumeAccount, resumeGroup } from './suspend.ts'

const LOOKING = { limit: [120, 60] } as const
const REPORTING = { limit: [30, 600] } as const
const BLOCKING = { limit: [60, 600] } as const

export function addModerationRoutes(house: House, app: App): void {
  answer(house, app, calls.readRules, anyone, () => readRules(house), LOOKING)

  answer(
    house,
    app,
    calls.readReportTarget,
    requireSignIn,
    (signedIn, { params, query }) => readTarget(house, signedIn, { ...params, ...query }),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.sendReport,
    requireSignIn,
    (signedIn, { body }) => sendReport(house, signedIn, body),
    REPORTING,
  )
  answer(house, app, calls.listMyReports, requireSignIn, (signedIn) => listMyReports(house, signedIn))

  answer(house, app, calls.listGroupReports, requireOrganizer, (organizer) =>
    listGroupReports(house, organizer),
  )
  answer(house, app, calls.decideGroupReport, requireOrganizer, (organizer, { params, body }) =>
    decideGroupReport(house, organizer, params.reportId, body),
  )

  answer(house, app, calls.listOperatorReports, requireOperator, (operator) =>
    listOperatorReports(house, operator),
  )
  answer(house, app, calls.decideOperatorReport, requireOperator, (operator, { params, body }) =>
    decideOperatorReport(house, operator, params.reportId, body),
  )
  answer(house, app, calls.resumeGroup, requireOperator, (operator, { params }) =>
    resumeGroup(house, operator, params.groupId),
  )
  answer(house, app, calls.resumeAccount, requireOperator, (operator, { params }) =>
    resumeAccount(house, operator, params.accountId),
  )

  answer(house, app, calls.listBlocked, requireSignIn, (signedIn) => listBlocked(house, signedIn))
  answer(
    house,
    app,
    calls.blockPerson,
    requireSignIn,
    (signedIn, { params }) => blockPerson(house, signedIn, params.accountId),
    BLOCKING,
  )
  answer(
    house,
    app,
    calls.blockInviter,
    requireSignIn,
    (signedIn, { params }) => blockInviter(house, signedIn, params.token),
    BLOCKING,
  )
  answer(house, app, calls.unblockPerson, requireSignIn, (signedIn, { params }) =>
    unblockPerson(house, signedIn, params.accountId),
  )

  house.jobs.repeat('forget-reports', '17 3 * * *', () => forgetReports(house))
}
