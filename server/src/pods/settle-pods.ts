import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNotNull, lt } from 'drizzle-orm'
import type { Transaction } from '#db/connect.ts'
import { blocks, sessions } from '#db/schema.ts'
import { apartByPhone, followPhone, joinPhones, togetherByPhone } from '#shared/live/companions.ts'
import {
  asPods,
  hasPods,
  MINUTES_OF_FEEDBACK,
  planRounds,
  podSize,
  putTogether,
  roundsThatFit,
  settlePods,
  settleRounds,
} from '#shared/live/pods.ts'
import { secondsLeft } from '#shared/live/rules.ts'
import { momentOf, progressOf, roundsOf, startPace, turnSeconds } from '#shared/live/turns.ts'
import type { Pace, Pod } from '#shared/pods.ts'
import { readEarlierPods, readPaces, readPhones, readPods, readThere } from './read-pods.ts'
import { savePace, savePods, type PodEvent } from './save-pods.ts'

type SessionRow = typeof sessions.$inferSelect
type BlockRow = typeof blocks.$inferSelect

/** A block of a session under its lock. */
export type Placing = {
  readonly tx: Transaction
  readonly tell: (event: PodEvent) => void
  readonly session: SessionRow
  readonly block: BlockRow
  readonly now: Date
}

/** Chance that is the same when it is asked for again. */
const seedOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 8), 16)

export const peopleOf = (pods: readonly Pod[]): Set<string> => new Set(pods.flatMap(({ people }) => people))

export async function readOwnPods({ tx, block }: Pick<Placing, 'tx' | 'block'>): Promise<Pod[]> {
  return (await readPods(tx, [block.id])).get(block.id) ?? []
}

const leftOf = ({ session, now }: Placing): number =>
  secondsLeft(
    { endsAt: session.timerEndsAt?.toISOString() ?? null, left: session.timerLeft },
    now.getTime(),
  ) ?? 0

const isRunning = ({ session, block }: Placing): boolean => session.currentBlockId === block.id

/** Puts everybody anew, or for the first time; the turns begin with it. */
export async function putAnew(
  placing: Placing,
  { withLeader, seedFrom, commandId }: { withLeader: boolean; seedFrom: string; commandId?: string },
): Promise<void> {
  const { tx, session, block } = placing
  const before = await readOwnPods(placing)
  const there = await readThere(tx, session, withLeader)
  const earlier = await readEarlierPods(tx, block.groupId, block.id)
  const seconds = isRunning(placing) ? Math.max(0, leftOf(placing)) : block.minutes * 60
  const rounds = isFeedback(block)
    ? planRounds(there, roundsFor(block, seconds, there.length), earlier, [], seedOf(seedFrom))
    : [await drawn(placing, there, earlier, seedOf(seedFrom))]
  const after = asPods(rounds, 0, randomUUID)
  await savePods(placing, before, after, commandId)
  if (isRunning(placing)) await paceAnew(placing, after, seconds)
}

/** Those at one phone stay together; in a round of feedback everybody changes. */
async function drawn(
  { tx, session, block }: Placing,
  there: readonly string[],
  earlier: string[][],
  seed: number,
): Promise<string[][]> {
  const of = podSize(block)
  const apart = apartByPhone(there, await readPhones(tx, session.id), of)
  return togetherByPhone(putTogether({ people: apart.drawn, of, earlier, seed }), apart)
}

const isFeedback = ({ options }: BlockRow): boolean => options.feedback === true

const minutesEachOf = ({ options }: BlockRow): number => options.minutesEach ?? MINUTES_OF_FEEDBACK

const roundsFor = (block: BlockRow, seconds: number, people: number): number =>
  roundsThatFit(seconds, minutesEachOf(block), people)

const wantedBy = (block: BlockRow, rounds: number): number =>
  isFeedback(block)
    ? turnSeconds({ minutesEach: minutesEachOf(block) }, 2) * rounds
    : turnSeconds(block.options, podSize(block))

async function paceAnew(placing: Placing, pods: readonly Pod[], seconds: number): Promise<void> {
  const wanted = wantedBy(placing.block, roundsOf(pods))
  if (wanted > 0) await savePace(placing, startPace(seconds, wanted))
}

/**
 * The block begins, or is gone back to: whoever is there is with somebody, and the turns run. The timer stands already.
 */
export async function beginPods(placing: Placing): Promise<void> {
  const { block } = placing
  if (!hasPods(block)) return
  const before = await readOwnPods(placing)
  if (before.length === 0) {
    const kept = block.options.keepPods ? await podsBefore(placing) : []
    if (kept.length === 0) return putAnew(placing, { withLeader: false, seedFrom: block.id })
    const after = kept.map((pod) => ({ ...pod, id: randomUUID() }))
    await savePods(placing, [], await settled(placing, after, null))
    return paceAnew(placing, after, leftOf(placing))
  }
  const pace = (await readPaces(placing.tx, [block.id])).get(block.id)
  await savePods(placing, before, await settled(placing, before, pace ?? null))
  if (!pace) return paceAnew(placing, before, leftOf(placing))
  const left = leftOf(placing)
  await savePace(placing, { share: progressOf(pace, left), left, tail: Math.min(pace.tail, left) })
}

/** Who was together last in this session. */
async function podsBefore({ tx, session, block }: Placing): Promise<Pod[]> {
  const earlier = await tx
    .select({ id: blocks.id, kind: blocks.kind, options: blocks.options })
    .from(blocks)
    .where(
      and(eq(blocks.sessionId, session.id), lt(blocks.position, block.position), isNotNull(blocks.startedAt)),
    )
    .orderBy(desc(blocks.position))
  const ids = earlier.filter((one) => hasPods(one) && !one.options.feedback).map(({ id }) => id)
  const known = await readPods(tx, ids)
  return ids.map((id) => known.get(id) ?? []).find((pods) => pods.length > 0) ?? []
}

/** Somebody came, or was counted out: the block that runs makes room, and whoever stepped out stays out. */
export async function settleCurrent(given: Omit<Placing, 'block'>, came?: string): Promise<void> {
  const { tx, session } = given
  if (session.status !== 'live' || session.currentBlockId === null) return
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  if (!block || !hasPods(block)) return
  const placing = { ...given, block }
  const before = await readOwnPods(placing)
  if (before.length === 0) return putAnew(placing, { withLeader: false, seedFrom: block.id })
  const known = peopleOf(before)
  const there = await readThere(tx, session, isWithLeader(session, before))
  await rearrange(
    placing,
    before,
    there.filter((id) => id === came || known.has(id)),
  )
}

/** These came with a phone: they are where it is. Whoever they leave alone is put with others. */
export async function settlePhone(
  given: Omit<Placing, 'block'>,
  phoneId: string,
  named: readonly string[],
): Promise<void> {
  const { tx, session } = given
  if (session.currentBlockId === null) return
  const [block] = await tx.select().from(blocks).where(eq(blocks.id, session.currentBlockId))
  if (!block || !hasPods(block)) return
  const placing = { ...given, block }
  const before = await readOwnPods(placing)
  if (before.length === 0) return putAnew(placing, { withLeader: false, seedFrom: block.id })
  const known = peopleOf(before)
  const there = (await readThere(tx, session, isWithLeader(session, before))).filter(
    (id) => known.has(id) || named.includes(id),
  )
  if (isFeedback(block)) return rearrange(placing, before, there)
  const earlier = await readEarlierPods(tx, block.groupId, block.id)
  await rearrange(
    placing,
    before,
    there,
    followPhone(before, phoneId, named, { of: podSize(block), earlier, newId: randomUUID }),
  )
}

const isWithLeader = ({ facilitatorId }: SessionRow, pods: readonly Pod[]): boolean =>
  facilitatorId !== null && peopleOf(pods).has(facilitatorId)

/** Lets these people be in the block, and nobody else. */
export async function rearrange(
  placing: Placing,
  before: readonly Pod[],
  there: string[],
  moved: readonly Pod[] = before,
): Promise<void> {
  const { tx, block } = placing
  const pace = (await readPaces(tx, [block.id])).get(block.id) ?? null
  await savePods(placing, before, await arranged(placing, moved, there, pace))
}

/** Moved by hand: these stay as they were moved, and what comes later is planned for the same people. */
export async function saveArranged(
  placing: Placing,
  before: readonly Pod[],
  moved: readonly Pod[],
  there: string[],
): Promise<void> {
  const pace = (await readPaces(placing.tx, [placing.block.id])).get(placing.block.id) ?? null
  const after = isFeedback(placing.block) ? await arranged(placing, moved, there, pace) : [...moved]
  await savePods(placing, before, after)
}

async function settled(placing: Placing, pods: readonly Pod[], pace: Pace | null): Promise<Pod[]> {
  const there = await readThere(placing.tx, placing.session, isWithLeader(placing.session, pods))
  return arranged(placing, pods, there, pace)
}

async function arranged(
  placing: Placing,
  pods: readonly Pod[],
  there: string[],
  pace: Pace | null,
): Promise<Pod[]> {
  const { tx, block } = placing
  const earlier = await readEarlierPods(tx, block.groupId, block.id)
  if (!isFeedback(block)) {
    const joined = joinPhones(pods, there, await readPhones(tx, placing.session.id))
    return settlePods(joined, there, { of: podSize(block), earlier, newId: randomUUID })
  }
  const had = roundsOf(pods)
  const left = isRunning(placing) ? leftOf(placing) : null
  const current = momentOf(pace, had, left).round
  const fit = roundsFor(block, block.minutes * 60, there.length)
  const rounds = Math.max(current + 1, fit)
  if (rounds !== had && pace && left !== null) {
    const done = progressOf(pace, left) * had
    const wanted = wantedBy(block, 1) * Math.max(0, rounds - done)
    await savePace(placing, {
      share: Math.min(1, done / rounds),
      left,
      tail: Math.max(0, left - wanted),
    })
  }
  const seed = seedOf(block.id) + there.length
  return settleRounds(pods, there, { current, rounds, earlier, seed, newId: randomUUID })
}
