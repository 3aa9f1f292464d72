import { topicCalls } from '#shared/topics.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireTable } from './require-table.ts'
import { addTopic } from './add-topic.ts'
import { gatherAnswers } from './gather-answers.ts'
import { mergeTopics } from './merge-topics.ts'
import { removeTopic } from './remove-topic.ts'
import { renameTopic } from './rename-topic.ts'
import { requireRoomSeat } from './require-room-seat.ts'
import { takeAnswerOut } from './take-answer-out.ts'

/** What is voted on and discussed. Grouping is for the chair, and for every seat where the block says so. */
export function addTopicRoutes(house: House, app: App): void {
  answer(house, app, topicCalls.gatherAnswers, requireRoomSeat, (seat, { params, body }) =>
    gatherAnswers(house, seat, params.topicId, body),
  )
  answer(house, app, topicCalls.takeAnswerOut, requireRoomSeat, (seat, { params }) =>
    takeAnswerOut(house, seat, params.topicId, params.answerId),
  )
  answer(house, app, topicCalls.mergeTopics, requireRoomSeat, (seat, { params, body }) =>
    mergeTopics(house, seat, params.topicId, body.into),
  )
  answer(house, app, topicCalls.renameTopic, requireRoomSeat, (seat, { params, body }) =>
    renameTopic(house, seat, params.topicId, body.title),
  )
  answer(house, app, topicCalls.addTopic, requireTable, (chair, { params, body }) =>
    addTopic(house, chair, params.topicId, body.title),
  )
  answer(house, app, topicCalls.removeTopic, requireTable, (chair, { params }) =>
    removeTopic(house, chair, params.topicId),
  )
}
