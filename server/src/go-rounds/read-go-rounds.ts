import { and, asc, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { Reader } from '#db/connect.ts'
import {
  accounts,
  attendances,
  blocks,
  demonstrations,
  goRounds,
  goRoundSeats,
  playings,
} from '#db/schema.ts'
import type { Demonstration, GoRound, GoRoundSeat, Playing } from '#shared/go-rounds.ts'
import type { EarlierGoRound } from '#shared/live/go-round.ts'
import type { Timer } from '#shared/timer.ts'

/** How far back the order looks. */
const LOOKS_BACK = 200

type StoredTimer = { timerEndsAt: Date | null; timerLeft: number | null }
const toTimer = ({ timerEndsAt, timerLeft }: StoredTimer): Timer => ({
  endsAt: timerEndsAt?.toISOString() ?? null,
  left: timerLeft,
})

/** What goes on in these blocks beside their words. */
export async function readSpoken(
  reader: Reader,
  blockIds: string[],
): Promise<
  (blockId: string) => {
    goRound: GoRound | null
    demonstration: Demonstration | null
    playing: Playing | null
  }
> {
  if (blockIds.length === 0) return () => ({ goRound: null, demonstration: null, playing: null })
  const rounds = await readGoRounds(reader, blockIds)
  const shown = await reader.select().from(demonstrations).where(inArray(demonstrations.blockId, blockIds))
  const played = await reader.select().from(playings).where(inArray(playings.blockId, blockIds))
  return (id) => {
    const demonstration = shown.find(({ blockId }) => blockId === id)
    const playing = played.find(({ blockId }) => blockId === id)
    return {
      goRound: rounds.get(id) ?? null,
      demonstration: demonstration ? { number: demonstration.number, timer: toTimer(demonstration) } : null,
      playing: playing ? toPlaying(playing) : null,
    }
  }
}

export async function readGoRounds(reader: Reader, blockIds: string[]): Promise<Map<string, GoRound>> {
  const found = await reader.select().from(goRounds).where(inArray(goRounds.blockId, blockIds))
  if (found.length === 0) return new Map()
  const seats = await reader
    .select()
    .from(goRoundSeats)
    .where(inArray(goRoundSeats.blockId, blockIds))
    .orderBy(asc(goRoundSeats.place), asc(goRoundSeats.accountId))
  return new Map(
    found.map((round) => [
      round.blockId,
      {
        seats: seats.filter(({ blockId }) => blockId === round.blockId).map(toSeat),
        timer: toTimer(round),
      },
    ]),
  )
}

const toSeat = ({ accountId, place, turnId, aside }: GoRoundSeat): GoRoundSeat => ({
  accountId,
  place,
  turnId,
  aside,
})

const toPlaying = ({ position, since }: { position: number; since: Date | null }): Playing => ({
  position,
  since: since?.toISOString() ?? null,
})

export async function readPlaying(reader: Reader, blockId: string): Promise<Playing | null> {
  const [found] = await reader.select().from(playings).where(eq(playings.blockId, blockId))
  return found ? toPlaying(found) : null
}

export async function readDemonstration(reader: Reader, blockId: string): Promise<Demonstration | null> {
  const [found] = await reader.select().from(demonstrations).where(eq(demonstrations.blockId, blockId))
  return found ? { number: found.number, timer: toTimer(found) } : null
}

/** Everybody who is there, by name. */
export const readThere = (
  reader: Reader,
  sessionId: string,
): Promise<{ accountId: string; name: string }[]> =>
  reader
    .select({ accountId: attendances.accountId, name: accounts.name })
    .from(attendances)
    .innerJoin(accounts, eq(accounts.id, attendances.accountId))
    .where(eq(attendances.sessionId, sessionId))
    .orderBy(asc(attendances.arrivedAt), asc(attendances.accountId))

/** The go-rounds of a group that began, oldest first, without that of this block. */
export async function readEarlier(
  reader: Reader,
  { groupId, id }: { groupId: string; id: string },
): Promise<EarlierGoRound[]> {
  const rounds = await reader
    .select({ blockId: goRounds.blockId, sessionId: blocks.sessionId })
    .from(goRounds)
    .innerJoin(blocks, eq(blocks.id, goRounds.blockId))
    .where(and(eq(goRounds.groupId, groupId), isNotNull(goRounds.begunAt), ne(goRounds.blockId, id)))
    .orderBy(desc(goRounds.begunAt), desc(goRounds.blockId))
    .limit(LOOKS_BACK)
  if (rounds.length === 0) return []
  const seats = await reader
    .select({
      blockId: goRoundSeats.blockId,
      accountId: goRoundSeats.accountId,
      began: goRoundSeats.began,
    })
    .from(goRoundSeats)
    .where(
      inArray(
        goRoundSeats.blockId,
        rounds.map(({ blockId }) => blockId),
      ),
    )
  return rounds.toReversed().map(({ blockId, sessionId }) => {
    const its = seats.filter((seat) => seat.blockId === blockId)
    return {
      sessionId,
      people: its.map(({ accountId }) => accountId),
      began: its.find(({ began }) => began)?.accountId ?? null,
    }
  })
}
