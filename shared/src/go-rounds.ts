import Type, { type Static } from 'typebox'
import { define } from './contract.ts'
import { Timer } from './timer.ts'

/**
 * Everybody speaks in turn, something is practised before all, or an episode plays for all. What it means is in
 * live/go-round.ts and live/playing.ts; what is promised is in docs/live-sessions.md.
 */

const Id = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A place in a go-round. It waits until it has a turn, or its owner passed or was passed over. */
export const GoRoundSeat = Type.Object({
  accountId: Id,
  place: Type.Integer(),
  /** The last time they had the floor in it. */
  turnId: orNull(Id),
  aside: orNull(Type.Enum(['passed', 'skipped'])),
})
export type GoRoundSeat = Static<typeof GoRoundSeat>

/** In the order of their places. The timer is of whoever speaks in it; none without minutes for each. */
export const GoRound = Type.Object({ seats: Type.Array(GoRoundSeat), timer: Timer })
export type GoRound = Static<typeof GoRound>

/** How often something was practised before everybody, and the time of this once. */
export const Demonstration = Type.Object({ number: Type.Integer(), timer: Timer })
export type Demonstration = Static<typeof Demonstration>

/** Where the episode stands: at `position` when it began to run, or paused there. Seconds of the episode. */
export const Playing = Type.Object({ position: Type.Number(), since: orNull(Instant) })
export type Playing = Static<typeof Playing>

/** What is spread into a block of the live room. */
export const spokenOfBlock = {
  goRound: orNull(GoRound),
  demonstration: orNull(Demonstration),
  playing: orNull(Playing),
}

const event = <Name extends string, Fields extends Record<string, Type.TSchema>>(
  type: Name,
  fields: Fields,
) => Type.Object({ type: Type.Literal(type), ...fields })

export const spokenEvents = [
  /** These seats are new or changed, those people are out of it. */
  event('go-round-changed', {
    blockId: Id,
    seats: Type.Array(GoRoundSeat),
    gone: Type.Array(Id),
    timer: Timer,
  }),
  /** Somebody passed when it was their turn: they did not speak. */
  event('turn-taken-back', { turnId: Id, accountId: Id }),
  /** Somebody has the floor again, in the turn they had before. */
  event('turn-resumed', { turnId: Id, accountId: Id, at: Instant }),
  event('demonstration-changed', { blockId: Id, demonstration: Demonstration }),
  event('playing-changed', { blockId: Id, playing: Playing }),
] as const
export type SpokenEvent = Static<(typeof spokenEvents)[number]>

/** The part of an episode that a block plays, as far as its reader may have it. */
export const EpisodePart = Type.Object({
  title: Type.String(),
  /** Whether there is audio at all. */
  hasAudio: Type.Boolean(),
  /** None where there is no audio, and for guests: its address may be meant for the group. */
  audioUrl: orNull(Type.String()),
  /** How many seconds later the reader's own audio says the same. */
  offset: Type.Number(),
  start: Type.Number(),
  end: orNull(Type.Number()),
  chapters: Type.Array(Type.Object({ start: Type.Number(), title: Type.String() })),
  lines: Type.Array(
    Type.Object({
      start: Type.Number(),
      end: orNull(Type.Number()),
      speaker: orNull(Type.String()),
      text: Type.String(),
    }),
  ),
})
export type EpisodePart = Static<typeof EpisodePart>

const params = Type.Object({ sessionId: Id, blockId: Id })
const Empty = Type.Object({})
/** Which turn the caller saw: when another is on by now, nothing changes. A double click skips nobody. */
const from = orNull(Id)
const BLOCK = '/api/sessions/:sessionId/room/blocks/:blockId'

export const goRoundCalls = define({
  nextSpeaker: {
    method: 'POST',
    path: `${BLOCK}/go-round/next`,
    params,
    body: Type.Object({ from }),
    response: Empty,
    summary: 'The next one speaks. Whoever has the floor may say so, and whoever begins',
  },
  previousSpeaker: {
    method: 'POST',
    path: `${BLOCK}/go-round/back`,
    params,
    body: Type.Object({ from }),
    response: Empty,
    summary: 'Whoever spoke before has the floor again',
  },
  callOn: {
    method: 'POST',
    path: `${BLOCK}/go-round/give`,
    params,
    body: Type.Object({ accountId: Id, from }),
    response: Empty,
    summary: 'Somebody of the go-round speaks now, whatever their place',
  },
  passTurn: {
    method: 'POST',
    path: `${BLOCK}/go-round/pass`,
    params,
    body: Type.Object({ accountId: Id }),
    response: Empty,
    summary: 'I pass; whoever runs the session may pass over anybody',
  },
  rejoinGoRound: {
    method: 'POST',
    path: `${BLOCK}/go-round/rejoin`,
    params,
    body: Type.Object({ accountId: Id }),
    response: Empty,
    summary: 'I would like to after all: at the end of the go-round',
  },
  nextDemonstration: {
    method: 'POST',
    path: `${BLOCK}/demonstration`,
    params,
    /** How many there were as the caller saw it: a double click counts once. */
    body: Type.Object({ from: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
    response: Empty,
    summary: 'Practise once more before everybody, and count it',
  },
  playPart: {
    method: 'PUT',
    path: `${BLOCK}/playing`,
    params,
    body: Type.Object({
      /** The caller's: sent twice, it happens once. */
      id: Id,
      playing: Type.Boolean(),
      /** Where to; none: where it is. */
      position: orNull(Type.Number({ minimum: 0, maximum: 1_000_000 })),
    }),
    response: Empty,
    summary: 'Play, pause or move the part of the episode that this block plays for all',
  },
  readPart: {
    method: 'GET',
    path: `${BLOCK}/part`,
    params,
    response: EpisodePart,
    summary: 'The part of the episode that a block plays: its words, and for members its audio',
  },
})
