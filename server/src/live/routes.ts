import { companionCalls } from '#shared/companions.ts'
import { livePlanCalls } from '#shared/live-plan.ts'
import { liveCalls } from '#shared/live.ts'
import { plenaryCalls } from '#shared/plenary.ts'
import { podCalls } from '#shared/pods.ts'
import { slipCalls } from '#shared/slips.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { saveSlip } from '../feedback/save-slip.ts'
import { listSlips } from '../feedback/use-slips.ts'
import { findRoomSeats } from '../experts/room-seats.ts'
import { requireSeat } from '../sessions/guards.ts'
import { changeBlock } from './change-block.ts'
import { changeCommitment } from './change-commitment.ts'
import { changeCompanions } from './change-companions.ts'
import { closeSession } from './close-session.ts'
import { endTurn } from './end-turn.ts'
import { enterRoom } from './enter-room.ts'
import { extendTimer } from './extend-timer.ts'
import { giveTurn } from './give-turn.ts'
import { addLeadRoutes } from './lead-routes.ts'
import { linkPods } from './link-pods.ts'
import { listEarlierCommitments } from './list-earlier-commitments.ts'
import { listCommitmentChoices, listMyWitnesses } from './list-witnesses.ts'
import { lowerAllHands } from './lower-all-hands.ts'
import { lowerHand } from './lower-hand.ts'
import { insertBlock } from './insert-block.ts'
import { makeCommitment } from './make-commitment.ts'
import { makePods } from './make-pods.ts'
import { moveBlock } from './move-block.ts'
import { movePerson } from './move-person.ts'
import { nextBlock } from './next-block.ts'
import { openRoom } from './open-room.ts'
import { nextTurn } from './pace-turns.ts'
import { pauseTimer } from './pause-timer.ts'
import { previousBlock } from './previous-block.ts'
import { raiseHand } from './raise-hand.ts'
import { readMyPlenary } from './read-my-plenary.ts'
import { readMyPods } from './read-my-pods.ts'
import { readRoom } from './read-room.ts'
import { rebalance } from './rebalance.ts'
import { requireRoomSeat } from './require-room-seat.ts'
import { requireTable } from './require-table.ts'
import { resumeTimer } from './resume-timer.ts'
import { revealAnswers } from './reveal-answers.ts'
import { revealTables } from './reveal-tables.ts'
import { shutRoom } from './shut-room.ts'
import { skipBlock } from './skip-block.ts'
import { startBlock } from './start-block.ts'
import { addSpokenRoutes } from './spoken-routes.ts'
import { addTopicRoutes } from './topic-routes.ts'
import { joinPods, leavePods, missPartner } from './take-part-in-pods.ts'
import { withdrawCommitment } from './withdraw-commitment.ts'
import { wordLiveEvents } from './word-events.ts'
import { writeAnswer } from './write-answer.ts'
import { writeTableReport } from './write-table-report.ts'

/** The live room. Whoever has a seat takes part; whoever may sit at the table (facilitators, organizers, and
 * members who were named for this session) runs it. */
export function addLiveRoutes(house: House, app: App): void {
  house.rooms.word('session', wordLiveEvents)
  house.rooms.seatGuests(findRoomSeats)
  addLeadRoutes(house, app)
  addTopicRoutes(house, app)
  addSpokenRoutes(house, app)

  answer(house, app, liveCalls.getRoom, requireRoomSeat, (seat) => readRoom(house, seat))
  answer(house, app, liveCalls.enterRoom, requireRoomSeat, (seat) => enterRoom(house, seat))
  answer(house, app, liveCalls.writeAnswer, requireRoomSeat, (seat, { body }) =>
    writeAnswer(house, seat, body),
  )
  answer(house, app, liveCalls.raiseHand, requireRoomSeat, (seat, { body }) => raiseHand(house, seat, body))
  answer(house, app, liveCalls.lowerHand, requireRoomSeat, (seat, { params }) =>
    lowerHand(house, seat, params.turnId),
  )
  answer(house, app, liveCalls.endTurn, requireRoomSeat, (seat, { params }) =>
    endTurn(house, seat, params.turnId),
  )
  answer(house, app, liveCalls.makeCommitment, requireSeat, (seat, { body }) =>
    makeCommitment(house, seat, body),
  )
  answer(house, app, liveCalls.listEarlierCommitments, requireSeat, (seat) =>
    listEarlierCommitments(house, seat),
  )
  answer(house, app, liveCalls.listCommitmentChoices, requireSeat, (seat) =>
    listCommitmentChoices(house, seat),
  )
  answer(house, app, liveCalls.listMyWitnesses, requireRoomSeat, (seat) => listMyWitnesses(house, seat))
  answer(house, app, liveCalls.changeCommitment, requireSeat, (seat, { params, body }) =>
    changeCommitment(house, seat, params.commitmentId, body),
  )
  answer(house, app, liveCalls.withdrawCommitment, requireSeat, (seat, { params }) =>
    withdrawCommitment(house, seat, params.commitmentId),
  )

  answer(house, app, liveCalls.openRoom, requireTable, (chair) => openRoom(house, chair))
  answer(house, app, liveCalls.startBlock, requireTable, (chair, { params, body }) =>
    startBlock(house, chair, params.blockId, body),
  )
  answer(house, app, liveCalls.nextBlock, requireTable, (chair, { body }) => nextBlock(house, chair, body))
  answer(house, app, liveCalls.previousBlock, requireTable, (chair, { body }) =>
    previousBlock(house, chair, body),
  )
  answer(house, app, liveCalls.pauseTimer, requireTable, (chair, { body }) => pauseTimer(house, chair, body))
  answer(house, app, liveCalls.resumeTimer, requireTable, (chair, { body }) =>
    resumeTimer(house, chair, body),
  )
  answer(house, app, liveCalls.extendTimer, requireTable, (chair, { body }) =>
    extendTimer(house, chair, body),
  )
  answer(house, app, liveCalls.revealAnswers, requireTable, (chair, { params }) =>
    revealAnswers(house, chair, params.blockId),
  )
  answer(house, app, liveCalls.giveTurn, requireTable, (chair, { params }) =>
    giveTurn(house, chair, params.turnId),
  )
  answer(house, app, liveCalls.lowerAllHands, requireTable, (chair, { body }) =>
    lowerAllHands(house, chair, body),
  )
  answer(house, app, liveCalls.closeSession, requireTable, (chair) => closeSession(house, chair))
  answer(house, app, livePlanCalls.insertBlock, requireTable, (chair, { params, body }) =>
    insertBlock(house, chair, params.blockId, body),
  )
  answer(house, app, livePlanCalls.changeBlock, requireTable, (chair, { params, body }) =>
    changeBlock(house, chair, params.blockId, body),
  )
  answer(house, app, livePlanCalls.moveBlock, requireTable, (chair, { params, body }) =>
    moveBlock(house, chair, params.blockId, body),
  )
  answer(house, app, livePlanCalls.skipBlock, requireTable, (chair, { params, body }) =>
    skipBlock(house, chair, params.blockId, body),
  )
  answer(house, app, livePlanCalls.rebalance, requireTable, (chair, { body }) =>
    rebalance(house, chair, body),
  )
  answer(house, app, livePlanCalls.shutRoom, requireTable, (chair) => shutRoom(house, chair))
  answer(house, app, companionCalls.changeMyCompanions, requireRoomSeat, (seat, { body }) =>
    changeCompanions(house, seat, seat.member.account.id, body),
  )
  answer(house, app, companionCalls.changeCompanionsOf, requireTable, (chair, { params, body }) =>
    changeCompanions(house, chair, params.accountId, body),
  )
  answer(house, app, plenaryCalls.readMyPlenary, requireRoomSeat, (seat) => readMyPlenary(house, seat))
  answer(house, app, plenaryCalls.writeTableReport, requireRoomSeat, (seat, { body }) =>
    writeTableReport(house, seat, body),
  )
  answer(house, app, plenaryCalls.revealTables, requireTable, (chair, { params }) =>
    revealTables(house, chair, params.blockId),
  )
  answer(house, app, podCalls.readMyPods, requireRoomSeat, (seat) => readMyPods(house, seat))
  answer(house, app, podCalls.joinPods, requireRoomSeat, (seat) => joinPods(house, seat))
  answer(house, app, podCalls.leavePods, requireRoomSeat, (seat) => leavePods(house, seat))
  answer(house, app, podCalls.missPartner, requireRoomSeat, (seat, { body }) =>
    missPartner(house, seat, body),
  )
  answer(house, app, podCalls.makePods, requireTable, (chair, { params, body }) =>
    makePods(house, chair, params.blockId, body),
  )
  answer(house, app, podCalls.movePerson, requireTable, (chair, { params, body }) =>
    movePerson(house, chair, params.blockId, body),
  )
  answer(house, app, podCalls.nextTurn, requireTable, (chair, { params, body }) =>
    nextTurn(house, chair, params.blockId, body),
  )
  answer(house, app, podCalls.linkPods, requireTable, (chair, { body }) => linkPods(house, chair, body))

  answer(house, app, slipCalls.listSlips, requireRoomSeat, (seat) => listSlips(house, seat))
  answer(house, app, slipCalls.saveSlip, requireRoomSeat, (seat, { body }) => saveSlip(house, seat, body))
}
