import { feedbackCalls as calls } from '#shared/feedback-calls.ts'
import { slipCalls } from '#shared/slips.ts'
import { requireMember } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireSignIn, requireVerified } from '../sign-in/guards.ts'
import { askWhatIsMeant, clarify } from './clarify.ts'
import { commitFromReport } from './commit-from-report.ts'
import { cancelRound, extendRound, handleRoundJobs } from './end-round.ts'
import { requireAsker, requireReviewer } from './guards.ts'
import { listGroupRounds, listMyFeedback } from './list-rounds.ts'
import { openRound } from './open-round.ts'
import { readReport, requireReader, requireReportOwner } from './read-report.ts'
import { readRequest } from './read-request.ts'
import { readRound } from './read-round.ts'
import { saveRound } from './save-round.ts'
import { readMySheet, readSelf, saveSelf, saveSheet } from './save-sheet.ts'
import { joinRound, leaveRound, requireParticipant } from './take-part.ts'
import { saveReflection, shareReport, thankReviewers, unshareReport } from './use-report.ts'
import { listWrittenSlips, openSlip, withdrawSlip } from './use-slips.ts'
import { writeReport } from './write-report.ts'

export function addFeedbackRoutes(house: House, app: App): void {
  answer(house, app, calls.saveRound, requireVerified, (verified, { body }) =>
    saveRound(house, verified, body),
  )
  answer(house, app, calls.readRound, requireAsker, (asker) => readRound(house, asker, asker.round.id))
  answer(house, app, calls.openRound, requireAsker, (asker) => openRound(house, asker), { limit: [20, 3600] })
  answer(house, app, calls.extendRound, requireAsker, (asker, { body }) =>
    extendRound(house, asker, body.closesAt),
  )
  answer(house, app, calls.cancelRound, requireAsker, (asker) => cancelRound(house, asker))
  answer(house, app, calls.joinRound, requireParticipant, (participant) => joinRound(house, participant))
  answer(house, app, calls.leaveRound, requireParticipant, (participant) => leaveRound(house, participant))
  answer(house, app, calls.listMyFeedback, requireSignIn, (signedIn) => listMyFeedback(house, signedIn))
  answer(house, app, calls.listGroupRounds, requireMember, (member) => listGroupRounds(house, member))

  answer(house, app, calls.readRequest, requireReviewer, (reviewer) => readRequest(house, reviewer))
  answer(
    house,
    app,
    calls.readSheet,
    requireReviewer,
    (reviewer, { body }) => readMySheet(house, reviewer, body.receipt),
    { limit: [120, 60] },
  )
  answer(
    house,
    app,
    calls.saveSheet,
    requireReviewer,
    (reviewer, { body }) => saveSheet(house, reviewer, body),
    { limit: [120, 60] },
  )
  answer(
    house,
    app,
    calls.askWhatIsMeant,
    requireReviewer,
    (reviewer, { body }) => askWhatIsMeant(house, reviewer, body),
    { limit: [20, 3600] },
  )
  answer(house, app, calls.clarify, requireAsker, (asker, { params, body }) =>
    clarify(house, asker, params.clarificationId, body.answer),
  )
  answer(house, app, calls.readSelf, requireAsker, (asker) => readSelf(house, asker))
  answer(house, app, calls.saveSelf, requireAsker, (asker, { body }) => saveSelf(house, asker, body.about))

  answer(house, app, calls.readReport, requireReader, (reader) => readReport(house, reader))
  answer(house, app, calls.exportReport, requireReader, async (reader) =>
    writeReport(await readReport(house, reader)),
  )
  answer(house, app, calls.shareReport, requireReportOwner, (owner, { body }) =>
    shareReport(house, owner, body.accountId),
  )
  answer(house, app, calls.unshareReport, requireReportOwner, (owner, { params }) =>
    unshareReport(house, owner, params.accountId),
  )
  answer(house, app, calls.saveReflection, requireReportOwner, (owner, { body }) =>
    saveReflection(house, owner, body),
  )
  answer(house, app, calls.commitFromReport, requireReportOwner, (owner, { body }) =>
    commitFromReport(house, owner, body),
  )
  answer(
    house,
    app,
    calls.thankReviewers,
    requireReportOwner,
    (owner, { body }) => thankReviewers(house, owner, body.words),
    { limit: [10, 3600] },
  )
  answer(house, app, slipCalls.openSlip, requireSignIn, (signedIn, { params }) =>
    openSlip(house, signedIn, params.slipId),
  )
  answer(house, app, slipCalls.withdrawSlip, requireSignIn, (signedIn, { params }) =>
    withdrawSlip(house, signedIn, params.slipId),
  )
  answer(house, app, slipCalls.listWrittenSlips, requireSignIn, (signedIn) =>
    listWrittenSlips(house, signedIn),
  )
  handleRoundJobs(house)
}
