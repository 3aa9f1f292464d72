import { ballotCalls } from '#shared/ballots.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { chooseTopic } from './choose-topic.ts'
import { countVotes } from './count-votes.ts'
import { discussTopic } from './discuss-topic.ts'
import { extendTopic } from './extend-topic.ts'
import { requireRoomSeat } from './require-room-seat.ts'
import { requireTable } from './require-table.ts'
import { saveBallot } from './save-ballot.ts'
import { sayGoOn } from './say-go-on.ts'
import { voteAgain } from './vote-again.ts'

/** Votes, and topics one by one. */
export function addBallotRoutes(house: House, app: App): void {
  answer(house, app, ballotCalls.saveBallot, requireRoomSeat, (seat, { body }) =>
    saveBallot(house, seat, body),
  )
  answer(house, app, ballotCalls.sayGoOn, requireRoomSeat, (seat, { params, body }) =>
    sayGoOn(house, seat, params.blockId, body),
  )
  answer(house, app, ballotCalls.countVotes, requireTable, (chair, { params }) =>
    countVotes(house, chair, params.blockId),
  )
  answer(house, app, ballotCalls.voteAgain, requireTable, (chair, { params, body }) =>
    voteAgain(house, chair, params.blockId, body),
  )
  answer(house, app, ballotCalls.discussTopic, requireTable, (chair, { params, body }) =>
    discussTopic(house, chair, params.blockId, body),
  )
  answer(house, app, ballotCalls.chooseTopic, requireTable, (chair, { params, body }) =>
    chooseTopic(house, chair, params.blockId, body),
  )
  answer(house, app, ballotCalls.extendTopic, requireTable, (chair, { params, body }) =>
    extendTopic(house, chair, params.blockId, body),
  )
}
