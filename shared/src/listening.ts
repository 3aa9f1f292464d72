import Type, { type Static } from 'typebox'
import { define } from './contract.ts'

const Seconds = Type.Number({ minimum: 0, maximum: 1_000_000 })
const Instant = Type.String({ format: 'date-time' })
const InEpisode = Type.Object({ slug: Type.String(), episodeId: Type.String({ format: 'uuid' }) })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** The speeds that are offered; 1 is as it was spoken. */
export const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const
/** How much later or earlier somebody's audio may say the same words: six hours. */
export const LARGEST_OFFSET = 21_600
/** How long ago a place may have been left that is told late: a month. Seconds. */
const LONGEST_AGO = 2_678_400

/** How somebody listens and reads, in all episodes. */
export const ListeningSettings = Type.Object({
  speed: Type.Number({ minimum: 0.75, maximum: 2 }),
  /** What lies after where they stopped is folded. */
  fold: Type.Boolean(),
  /** Single keys play, skip and mark. */
  keys: Type.Boolean(),
})
export type ListeningSettings = Static<typeof ListeningSettings>

/** Where I am in an episode. Moments are seconds of the transcript. */
export const Listening = Type.Object({
  /** Where I stopped. */
  moment: orNull(Seconds),
  /** How far I have got. */
  reached: orNull(Seconds),
  /** When I was there. */
  stoppedAt: orNull(Instant),
  /** I want to see all of this episode, also what lies after that. */
  revealed: Type.Boolean(),
  /** How many seconds later than the transcript says my audio says it; for the address that the episode has now. */
  offset: Type.Number(),
  settings: ListeningSettings,
})
export type Listening = Static<typeof Listening>

/** A place that I left, `ago` seconds before this is told: what was later counts, whatever comes in first. */
export const Stop = Type.Object({
  moment: Seconds,
  reached: Seconds,
  ago: Type.Optional(Type.Number({ minimum: 0, maximum: LONGEST_AGO })),
})
export type Stop = Static<typeof Stop>

/** Where the audio of a listener says what the transcript says at a moment. */
export const inAudio = (moment: number, offset: number): number => Math.max(0, moment + offset)
/** Where the transcript says what the audio of a listener says at a moment. */
export const inTranscript = (moment: number, offset: number): number => Math.max(0, moment - offset)

/** "+ 42 s", "− 1 min 5 s". */
export function sayOffset(offset: number): string {
  const whole = Math.round(Math.abs(offset))
  const [minutes, seconds] = [Math.floor(whole / 60), whole % 60]
  const length = [minutes > 0 && `${minutes} min`, (seconds > 0 || minutes === 0) && `${seconds} s`]
  return `${offset < 0 ? '−' : '+'} ${length.filter(Boolean).join(' ')}`
}

/** Reads what somebody types for an offset: `42`, `+42`, `-1:05`, `− 65 s`. */
export function parseOffset(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^\s*([+\-−–]?)\s*(.+?)\s*(?:s|sec|seconds)?\s*$/.exec(text) ?? []
  const [, minutes = '0', seconds] = /^(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d+)?)$/.exec(rest) ?? []
  if (seconds === undefined || (rest.includes(':') && Number.parseFloat(seconds) >= 60)) return undefined
  const offset = Number(minutes) * 60 + Number(seconds.replace(',', '.'))
  if (offset > LARGEST_OFFSET) return undefined
  return sign === '' || sign === '+' || offset === 0 ? offset : -offset
}

const LISTENING = '/api/groups/:slug/episodes/:episodeId/listening'

export const listeningCalls = define({
  getListening: {
    method: 'GET',
    path: LISTENING,
    params: InEpisode,
    response: Listening,
    summary: 'Where I am in an episode, and how I listen. Nobody else reads it',
  },
  saveStop: {
    method: 'PUT',
    path: LISTENING,
    params: InEpisode,
    body: Stop,
    response: Listening,
    summary: 'Remember where I stopped. Of several devices the one that was there last counts',
  },
  setReached: {
    method: 'PUT',
    path: `${LISTENING}/reached`,
    params: InEpisode,
    body: Type.Object({ reached: Type.Optional(Seconds), revealed: Type.Boolean() }),
    response: Listening,
    summary: 'Fold an episode after a moment, or show all of it',
  },
  setOffset: {
    method: 'PUT',
    path: `${LISTENING}/offset`,
    params: InEpisode,
    body: Type.Object({
      /** The address that I listen to. */
      audioUrl: Type.String({ maxLength: 2_000 }),
      offset: Type.Number({ minimum: -LARGEST_OFFSET, maximum: LARGEST_OFFSET }),
    }),
    response: Listening,
    summary: 'Say how many seconds later than the transcript my audio is, because of other advertisements',
  },
  changeListening: {
    method: 'PATCH',
    path: '/api/me/listening',
    body: Type.Partial(ListeningSettings),
    response: ListeningSettings,
    summary: 'Change how I listen: speed, folding, single keys',
  },
})
