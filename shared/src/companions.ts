import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

/** Several people in a room with one phone. Docs: docs/live-sessions.md, L43. */

/** With the one whose phone it is, nine. */
export const MOST_COMPANIONS = 8

const Id = Type.String({ format: 'uuid' })

/** Who is with a phone beside its owner. */
export const Companions = Type.Object({
  /** So many by number only. */
  alsoHere: Type.Integer({ minimum: 0, maximum: MOST_COMPANIONS }),
  /** Members of the group by name. */
  named: Type.Array(Id, { maxItems: MOST_COMPANIONS, uniqueItems: true }),
})
export type Companions = Static<typeof Companions>

/** How many are with the phone that somebody came in with. */
export const alsoHere = Type.Optional(Type.Integer({ minimum: 1 }))
/** Whose phone they share. */
export const cameWith = Type.Optional(Id)

/** The fields of the event. */
export const companionsChanged = { accountId: Id, ...Companions.properties }

const Empty = Type.Object({})
/** What the caller saw: when it is something else by now, nothing changes. */
const body = Type.Object({ from: Companions, to: Companions })
export type CompanionsChange = Static<typeof body>

export const companionCalls = define({
  changeMyCompanions: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/companions',
    params: Type.Object({ sessionId: Id }),
    body,
    response: Empty,
    summary: 'Say how many are here with my phone, and who of the group they are',
  },
  changeCompanionsOf: {
    method: 'PUT',
    path: '/api/sessions/:sessionId/companions/:accountId',
    params: Type.Object({ sessionId: Id, accountId: Id }),
    body,
    response: Empty,
    summary: 'Put right who is here with somebody’s phone',
  },
})
