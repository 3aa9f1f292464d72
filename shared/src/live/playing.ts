import type { Playing } from '../go-rounds.ts'
import type { BlockKind, BlockOptions } from '../guide.ts'

/** An episode that plays for all: nothing ticks, so everybody who knows the clock knows the moment. */

/** How far a press on "back" goes. Seconds. */
export const BACK = 15
/** A device that is further off than this is put right. Seconds. */
export const DRIFT = 0.7
/** Further off than this it jumps; below it catches up unheard. */
const LEAP = 4
const CATCH_UP = 0.06

type Part = NonNullable<BlockOptions['part']>

/** The part of the episode that a block plays for all. */
export const partOf = ({ kind, options }: { kind: BlockKind; options: BlockOptions }): Part | undefined =>
  kind === 'listen' ? options.part : undefined

/** A part whose end is not after its beginning has none. */
export const endOf = ({ start, end }: Part): number => (end !== undefined && end > start ? end : Infinity)

const within = (part: Part, position: number): number => Math.min(endOf(part), Math.max(part.start, position))

/** Where it stands now. At the end of the part it pauses by itself. */
export function momentIn(
  part: Part,
  playing: Playing | null,
  now: number,
): { position: number; playing: boolean; over: boolean } {
  const { position, since } = playing ?? { position: part.start, since: null }
  const passed = since === null ? 0 : Math.max(0, now - Date.parse(since)) / 1000
  const at = within(part, position + passed)
  const over = at >= endOf(part)
  return { position: at, playing: since !== null && !over, over }
}

/** Plays on from, or pauses at, a position; from where it is when none is given. Played again at the end, it begins anew. */
export function moved(
  part: Part,
  before: Playing | null,
  { playing, position }: { playing: boolean; position: number | null },
  now: Date,
): Playing {
  const current = momentIn(part, before, now.getTime())
  const wanted = position ?? (current.over && playing ? part.start : current.position)
  return { position: within(part, wanted), since: playing ? now.toISOString() : null }
}

/** What a device does that is `behind` by so many seconds: nothing, catch up at another rate, or jump. */
export function correction(behind: number, catching: boolean): { rate: number; jump: boolean } {
  const off = Math.abs(behind)
  if (off > LEAP) return { rate: 1, jump: true }
  // Once it is at it, it goes on until it is there.
  if (off > DRIFT || (catching && off > DRIFT / 7))
    return { rate: 1 + Math.sign(behind) * CATCH_UP, jump: false }
  return { rate: 1, jump: false }
}

/** The line of now: the last that has begun. */
export const lineAt = <Line extends { start: number }>(
  lines: readonly Line[],
  position: number,
): Line | undefined => lines.findLast(({ start }) => start <= position)
