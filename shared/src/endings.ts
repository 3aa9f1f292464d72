import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { MyGroup } from './groups.ts'

export const LONGEST_THANKS = 1_000

const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer()

/** The last page of a group: what was achieved, in counts, and what its organizer says to everybody. */
export const Farewell = Type.Object({
  since: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  thanks: Type.String(),
  sessionsHeld: Count,
  /** How many different people were at one session at least. */
  peopleThere: Count,
  commitmentsMade: Count,
  commitmentsKept: Count,
  episodesDiscussed: Count,
  postsWritten: Count,
})
export type Farewell = Static<typeof Farewell>

const params = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const Empty = Type.Object({})

export const endingCalls = define({
  endGroup: {
    method: 'PUT',
    path: '/api/groups/:slug/end',
    params,
    body: Type.Object({ thanks: Type.String({ maxLength: LONGEST_THANKS }) }),
    response: Empty,
    summary:
      'End a group: sessions ahead are cancelled, nobody joins or writes any more, everything stays to be read. Again: change the thanks',
  },
  takeUpGroup: {
    method: 'DELETE',
    path: '/api/groups/:slug/end',
    params,
    response: Empty,
    summary: 'Take up a group again that has ended',
  },
  readFarewell: {
    method: 'GET',
    path: '/api/groups/:slug/farewell',
    params,
    response: Farewell,
    summary: 'What the group has achieved',
  },
  listEndedGroups: {
    method: 'GET',
    path: '/api/me/groups/ended',
    response: Type.Array(MyGroup),
    summary: 'Groups that I was a member of when they ended',
  },
})
