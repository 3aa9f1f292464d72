import { eveningCalls as calls } from '#shared/evenings.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair, requireSeat } from '../sessions/guards.ts'
import { requireRsvpLink } from '../sessions/require-rsvp-link.ts'
import { clearTables, makeTables, moveSeat, offerToHost, setTableHost } from './arrange-tables.ts'
import { listDoorLinks, makeDoorLink, revokeDoorLink } from './door-links.ts'
import { forgetWalkIns } from './forget-walk-ins.ts'
import {
  requireArrivingAccount,
  requireChairAtDoor,
  requireDoorLink,
  requirePoster,
  requireTicket,
} from './guards.ts'
import { markAtDoor } from './mark-at-door.ts'
import { arriveByLink, readMyEvening, readMyEveningByLink } from './my-evening.ts'
import { arriveByPoster, readPoster, readTicket, walkIn } from './poster.ts'
import { readDoor } from './read-door.ts'
import { readTables } from './read-tables.ts'

/** A whole hall may sit behind one network. */
const LOOKING = { limit: [600, 60] } as const
const WALKING_IN = { limit: [120, 600] } as const

export function addEveningRoutes(house: House, app: App): void {
  house.jobs.repeat('forget-walk-ins', '40 3 * * *', () => forgetWalkIns(house))
  addDoor(house, app)
  addArriving(house, app)
  addTables(house, app)
}

function addDoor(house: House, app: App): void {
  answer(house, app, calls.readDoor, requireChairAtDoor, (keeper) => readDoor(house, keeper))
  answer(house, app, calls.markAtDoor, requireChairAtDoor, (keeper, { body }) =>
    markAtDoor(house, keeper, body.marks),
  )
  answer(house, app, calls.readDoorByLink, requireDoorLink, (keeper) => readDoor(house, keeper), LOOKING)
  answer(
    house,
    app,
    calls.markAtDoorByLink,
    requireDoorLink,
    (keeper, { body }) => markAtDoor(house, keeper, body.marks),
    LOOKING,
  )
  answer(house, app, calls.listDoorLinks, requireChair, (chair) => listDoorLinks(house, chair))
  answer(house, app, calls.makeDoorLink, requireChair, (chair, { body }) => makeDoorLink(house, chair, body))
  answer(house, app, calls.revokeDoorLink, requireChair, (chair, { params }) =>
    revokeDoorLink(house, chair, params.linkId),
  )
}

function addArriving(house: House, app: App): void {
  answer(house, app, calls.readMyEvening, requireSeat, (seat) => readMyEvening(house, seat))
  answer(
    house,
    app,
    calls.readMyEveningByLink,
    requireRsvpLink,
    (right) => readMyEveningByLink(house, right),
    LOOKING,
  )
  answer(house, app, calls.arriveByLink, requireRsvpLink, (right) => arriveByLink(house, right), LOOKING)
  answer(house, app, calls.readTicket, requireTicket, (holder) => readTicket(house, holder), LOOKING)
  answer(house, app, calls.readPoster, requirePoster, (arriving) => readPoster(house, arriving), LOOKING)
  answer(
    house,
    app,
    calls.arriveByPoster,
    requireArrivingAccount,
    (arriving) => arriveByPoster(house, arriving),
    LOOKING,
  )
  answer(
    house,
    app,
    calls.walkIn,
    requirePoster,
    (arriving, { body }) => walkIn(house, arriving, body),
    WALKING_IN,
  )
}

function addTables(house: House, app: App): void {
  answer(house, app, calls.readTables, requireChair, ({ session }) => readTables(house.db, session))
  answer(house, app, calls.makeTables, requireChair, (chair, { body }) => makeTables(house, chair, body))
  answer(house, app, calls.clearTables, requireChair, (chair) => clearTables(house, chair))
  answer(house, app, calls.moveSeat, requireChair, (chair, { params, body }) =>
    moveSeat(house, chair, params.personId, body.tableId),
  )
  answer(house, app, calls.setTableHost, requireChair, (chair, { params, body }) =>
    setTableHost(house, chair, params.tableId, body.hostId),
  )
  answer(house, app, calls.offerToHost, requireSeat, (seat, { body }) =>
    offerToHost(house, seat, body.willing),
  )
}
