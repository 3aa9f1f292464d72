import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { LONGEST_REASON } from './groups.ts'

/** How long organizers have to object before somebody from outside decides. */
export const NOTICE_DAYS = 14

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Reason = Type.String({
  minLength: 1,
  maxLength: LONGEST_REASON,
  pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$',
})

export const TakeOverState = Type.Enum([
  'open',
  'withdrawn',
  'objected',
  'handed-over',
  'confirmed',
  'declined',
])
export type TakeOverState = Static<typeof TakeOverState>
/** Who decides: an admin of the organization that the group belongs to, or whoever runs the instance. */
export const Judge = Type.Enum(['organization', 'operator'])
export type Judge = Static<typeof Judge>

/** Somebody asks to organize a group, because its organizer seems to be gone. */
export const TakeOver = Type.Object({
  id: Id,
  askedBy: Type.Object({ id: Id, name: Type.String() }),
  reason: Type.String(),
  state: TakeOverState,
  askedAt: Instant,
  decidableAt: Instant,
  decidedAt: orNull(Instant),
  /** Why somebody objected or declined. Only whoever asked and the organizers are sent it. */
  answer: Type.String(),
})
export type TakeOver = Static<typeof TakeOver>

/** A request as whoever decides sees it: nothing of what the group says. */
export const WaitingTakeOver = Type.Object({
  id: Id,
  group: Type.String(),
  askedBy: Type.String(),
  reason: Type.String(),
  askedAt: Instant,
  decidableAt: Instant,
  organizers: Type.Array(Type.String()),
  members: Type.Integer(),
})
export type WaitingTakeOver = Static<typeof WaitingTakeOver>

/** Whether organizers had their time to object. */
export const isDecidable = ({ decidableAt }: { decidableAt: string | Date }, now: Date): boolean =>
  new Date(decidableAt) <= now

const params = Type.Object({ slug: Type.String({ maxLength: 80 }) })
const Answer = Type.Object({ reason: Reason })
const Current = Type.Object({
  /** The open request, or the last one of the past weeks. */
  takeOver: orNull(TakeOver),
  judge: Judge,
})

export const takeOverCalls = define({
  readTakeOver: {
    method: 'GET',
    path: '/api/groups/:slug/take-over',
    params,
    response: Current,
    summary: 'Whether somebody asks to take the group over, and who decides',
  },
  askTakeOver: {
    method: 'POST',
    path: '/api/groups/:slug/take-over',
    params,
    body: Type.Object({ id: Id, reason: Reason }),
    response: Current,
    summary: 'Ask to organize the group, because its organizer seems to be gone',
  },
  withdrawTakeOver: {
    method: 'DELETE',
    path: '/api/groups/:slug/take-over',
    params,
    response: Current,
    summary: 'Take my request back',
  },
  objectToTakeOver: {
    method: 'POST',
    path: '/api/groups/:slug/take-over/objection',
    params,
    body: Answer,
    response: Current,
    summary: 'I still organize this group: the request ends, and whoever asked hears why',
  },
  grantTakeOver: {
    method: 'POST',
    path: '/api/groups/:slug/take-over/grant',
    params,
    response: Current,
    summary: 'Hand over at once to whoever asked',
  },
  listTakeOvers: {
    method: 'GET',
    path: '/api/me/take-overs',
    response: Type.Array(WaitingTakeOver),
    summary:
      'Requests to take over a group that I decide, as an admin of its organization or as the operator',
  },
  decideTakeOver: {
    method: 'POST',
    path: '/api/me/take-overs/:id',
    params: Type.Object({ id: Id }),
    body: Type.Object({ confirm: Type.Boolean(), reason: Type.Optional(Reason) }),
    response: Type.Object({}),
    summary: 'Confirm or decline a request once organizers had their time to object',
  },
})
