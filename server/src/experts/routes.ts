import { expertCalls as calls } from '#shared/experts.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair, requireSeat } from '../sessions/guards.ts'
import { answerExpertInvite, enterAsExpert, readExpertInvite } from './answer-invite.ts'
import { requireExpert } from './guards.ts'
import { inviteExpert, listExperts, revokeExpert, thankExpert } from './invite-expert.ts'
import { addQuestion, listQueue, markAnswered, takeQuestionOut, voteForQuestion } from './question-queue.ts'

const LOOKING = { limit: [60, 60] } as const

export function addExpertRoutes(house: House, app: App): void {
  answer(house, app, calls.listExperts, requireSeat, (seat) => listExperts(house, seat))
  answer(
    house,
    app,
    calls.inviteExpert,
    requireChair,
    (chair, { body }) => inviteExpert(house, chair, body),
    { limit: [30, 3600] },
  )
  answer(house, app, calls.revokeExpert, requireChair, (chair, { params }) =>
    revokeExpert(house, chair, params.expertId),
  )
  answer(house, app, calls.thankExpert, requireChair, (chair, { params, body }) =>
    thankExpert(house, chair, params.expertId, body.words),
  )

  answer(
    house,
    app,
    calls.readExpertInvite,
    requireExpert,
    (invited) => readExpertInvite(house, invited),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.answerExpertInvite,
    requireExpert,
    (invited, { body }) => answerExpertInvite(house, invited, body),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.enterAsExpert,
    requireExpert,
    (invited, _input, request, reply) => enterAsExpert(house, invited, request, reply),
    LOOKING,
  )

  answer(house, app, calls.listQueue, requireSeat, (seat) => listQueue(house, seat))
  answer(house, app, calls.addQuestion, requireSeat, (seat, { body }) => addQuestion(house, seat, body))
  answer(house, app, calls.takeQuestionOut, requireSeat, (seat, { params }) =>
    takeQuestionOut(house, seat, params.questionId),
  )
  answer(house, app, calls.voteForQuestion, requireSeat, (seat, { params, body }) =>
    voteForQuestion(house, seat, params.questionId, body.votes),
  )
  answer(house, app, calls.markAnswered, requireChair, (chair, { params, body }) =>
    markAnswered(house, chair, params.questionId, body.answered),
  )
}
