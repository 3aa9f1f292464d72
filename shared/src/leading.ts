import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Docs: docs/live-sessions.md, L39. What a change of it means is in live/lead.ts. */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const MOST_CO_FACILITATORS = 10

export const CoFacilitator = Type.Object({ accountId: Id, name: Type.String() })
export type CoFacilitator = Static<typeof CoFacilitator>

/** Who runs the session now, and who else may. */
export const Lead = Type.Object({
  /** Nobody before the room is open. */
  leaderId: orNull(Id),
  /** Only the leader runs the session. */
  locked: Type.Boolean(),
  /** Who led before, lost the connection, and may take it back. */
  lost: orNull(Type.Object({ accountId: Id, at: Instant })),
  /** In the order in which they take over. */
  coFacilitators: Type.Array(CoFacilitator),
})
export type Lead = Static<typeof Lead>

/** Why it changed. */
export const LeadChange = Type.Enum(['taken-over', 'taken', 'handed', 'locked', 'unlocked', 'named'])
export type LeadChange = Static<typeof LeadChange>

/** The fields of the event; who led before is told so that screens can say what happened. */
export const leadChanged = { lead: Lead, why: LeadChange, before: orNull(Id) }

const Empty = Type.Object({})
const params = Type.Object({ sessionId: Id })

export const leadCalls = define({
  listCoFacilitators: {
    method: 'GET',
    path: '/api/sessions/:sessionId/co-facilitators',
    params,
    response: Type.Array(CoFacilitator),
    summary: 'Who runs this session beside its facilitator, in the order in which they take over',
  },
  nameCoFacilitators: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/co-facilitators',
    params,
    body: Type.Object({ accountIds: Type.Array(Id, { maxItems: MOST_CO_FACILITATORS, uniqueItems: true }) }),
    response: Type.Array(CoFacilitator),
    summary: 'Name members who may run this one session, in order',
  },
  takeLead: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/lead/take',
    params,
    /** Who led when the caller looked; when it is somebody else by now, nothing changes. */
    body: Type.Object({ from: orNull(Id) }),
    response: Empty,
    summary: 'Lead the session: take it back, or take it from a leader who is gone',
  },
  handLead: {
    method: 'POST',
    path: '/api/sessions/:sessionId/room/lead/hand',
    params,
    body: Type.Object({ to: Id }),
    response: Empty,
    summary: 'Hand the lead to somebody who may run the session and is there',
  },
  lockTable: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/room/lead/lock',
    params,
    body: Type.Object({ locked: Type.Boolean() }),
    response: Empty,
    summary: 'Lock the table, so that only the leader runs the session, or unlock it',
  },
})
