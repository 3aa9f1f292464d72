import Type from 'typebox'
import { define } from './contract.ts'

const BySlug = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const asCsv = { type: 'text/csv; charset=utf-8', response: Type.String() }

/** What an organizer takes out of a group: who is in it, and who was there. Nothing that was said, and no addresses. */
export const recordCalls = define({
  exportRoster: {
    method: 'GET',
    path: '/api/groups/:slug/members.csv',
    params: BySlug,
    ...asCsv,
    summary: 'The members and who waits for a place, as a table',
  },
  exportAttendance: {
    method: 'GET',
    path: '/api/groups/:slug/attendance.csv',
    params: BySlug,
    ...asCsv,
    summary: 'Who said they would come to each session, and who was there, as a table',
  },
})
