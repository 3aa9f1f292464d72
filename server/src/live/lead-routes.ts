import { joinCalls } from '#shared/joining.ts'
import { leadCalls } from '#shared/leading.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { requireChair, requireSeat } from '../sessions/guards.ts'
import { handLead } from './hand-lead.ts'
import { lockTable } from './lock-table.ts'
import { lookAfterLeaders } from './look-after-leaders.ts'
import { nameCoFacilitators } from './name-co-facilitators.ts'
import { readCoFacilitators } from './read-lead.ts'
import { requireTable } from './require-table.ts'
import { setDoor } from './set-door.ts'
import { takeLead } from './take-lead.ts'

/** Who runs a session, and how people come in from its wall. */
export function addLeadRoutes(house: House, app: App): void {
  house.rooms.watch((rooms) => lookAfterLeaders(house, rooms))

  answer(house, app, leadCalls.listCoFacilitators, requireSeat, ({ session }) =>
    readCoFacilitators(house.db, session.id),
  )
  // Whom it is entrusted to is decided by those who may prepare the session, not by one of the named.
  answer(house, app, leadCalls.nameCoFacilitators, requireChair, (chair, { body }) =>
    nameCoFacilitators(house, chair, body),
  )
  answer(house, app, leadCalls.takeLead, requireTable, (chair, { body }) => takeLead(house, chair, body))
  answer(house, app, leadCalls.handLead, requireTable, (chair, { body }) => handLead(house, chair, body))
  answer(house, app, leadCalls.lockTable, requireTable, (chair, { body }) => lockTable(house, chair, body))
  answer(house, app, joinCalls.setDoor, requireTable, (chair, { body }) => setDoor(house, chair, body))
}
