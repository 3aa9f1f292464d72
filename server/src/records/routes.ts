import type { FastifyReply } from 'fastify'
import { recordCalls as calls } from '#shared/records.ts'
import { requireOrganizer } from '../groups/guards.ts'
import { answer, type App } from '../http.ts'
import type { House } from '../house.ts'
import { exportAttendance } from './export-attendance.ts'
import { exportRoster } from './export-roster.ts'

const EXPORTING = { limit: [30, 600] } as const

export function addRecordRoutes(house: House, app: App): void {
  answer(
    house,
    app,
    calls.exportRoster,
    requireOrganizer,
    (organizer, { params }, _request, reply) => {
      asFile(reply, `${params.slug}-members.csv`)
      return exportRoster(house, organizer)
    },
    EXPORTING,
  )
  answer(
    house,
    app,
    calls.exportAttendance,
    requireOrganizer,
    (organizer, { params }, _request, reply) => {
      asFile(reply, `${params.slug}-attendance.csv`)
      return exportAttendance(house, organizer)
    },
    EXPORTING,
  )
}

/** The name is made of the address of a group that exists: letters, digits and hyphens. */
const asFile = (reply: FastifyReply, name: string): void =>
  void reply.header('content-disposition', `attachment; filename="${name}"`)
