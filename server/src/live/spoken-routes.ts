import { goRoundCalls as calls } from '#shared/go-rounds.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { callOn } from './call-on.ts'
import { nextDemonstration } from './next-demonstration.ts'
import { nextSpeaker } from './next-speaker.ts'
import { passTurn } from './pass-turn.ts'
import { playPart } from './play-part.ts'
import { previousSpeaker } from './previous-speaker.ts'
import { readPart } from './read-part.ts'
import { rejoinGoRound } from './rejoin-go-round.ts'
import { requireRoomSeat } from './require-room-seat.ts'
import { requireTable } from './require-table.ts'

/** One after the other, before everybody, or heard by all. */
export function addSpokenRoutes(house: House, app: App): void {
  answer(house, app, calls.nextSpeaker, requireRoomSeat, (seat, { params, body }) =>
    nextSpeaker(house, seat, params.blockId, body),
  )
  answer(house, app, calls.passTurn, requireRoomSeat, (seat, { params, body }) =>
    passTurn(house, seat, params.blockId, body),
  )
  answer(house, app, calls.rejoinGoRound, requireRoomSeat, (seat, { params, body }) =>
    rejoinGoRound(house, seat, params.blockId, body),
  )
  answer(house, app, calls.readPart, requireRoomSeat, (seat, { params }) =>
    readPart(house, seat, params.blockId),
  )
  answer(house, app, calls.previousSpeaker, requireTable, (chair, { params, body }) =>
    previousSpeaker(house, chair, params.blockId, body),
  )
  answer(house, app, calls.callOn, requireTable, (chair, { params, body }) =>
    callOn(house, chair, params.blockId, body),
  )
  answer(house, app, calls.nextDemonstration, requireTable, (chair, { params, body }) =>
    nextDemonstration(house, chair, params.blockId, body),
  )
  answer(house, app, calls.playPart, requireTable, (chair, { params, body }) =>
    playPart(house, chair, params.blockId, body),
  )
}
