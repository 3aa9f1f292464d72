import { isDeepStrictEqual } from 'node:util'
import type { BallotCount } from '#shared/ballots.ts'
import type { BlockKind, BlockOptions } from '#shared/guide.ts'
import type { SessionView } from '#shared/live.ts'
import type { RefusalCode } from '#shared/refusals.ts'

/**
 * What must be true of a live room, as plainly as it can be said, and without a line of what the server does. A new kind
 * of block adds what it keeps here, what of it everybody sees to `seenOf` and `shownBy`, and its deeds in a file beside
 * deeds.ts.
 */
export type World = {
  status: 'scheduled' | 'live' | 'wrapped-up'
  /** Who may come in, and as what. */
  roles: Record<string, Role>
  blocks: Block[]
  current: string | null
  /** Milliseconds since 1970, or seconds that are left while it is paused. */
  timer: { endsAt: number | null; left: number | null }
  people: { accountId: string; arrivedAt: number; spoken: number }[]
  answers: Answer[]
  turns: Turn[]
  commitments: Commitment[]
  witnesses: { commitmentId: string; accountId: string; state: 'asked' | 'accepted' | 'declined' }[]
  topics: Topic[]
  /** The lines that were ever added. */
  added: string[]
  ballots: Ballot[]
  /** When the server looks at an open vote the next time, unasked. */
  dueAt: number | null
  facilitator: string
  names: Record<string, string>
  /** Ids of commands that may happen once. */
  happened: string[]
  /** How many ids were given by the server and are not known yet: ?1, ?2 … */
  unknown: number
}

export type Role = 'organizer' | 'facilitator' | 'member'
export type Block = {
  id: string
  kind: BlockKind
  minutes: number
  options: BlockOptions
  skipped: boolean
  begun: boolean
  /** When its answers were revealed, or its votes counted. */
  revealedAt: number | null
  /** Seconds that were left when it was left last. */
  left: number | null
  /** Revealed answers without names. */
  nobodys: { id: string; body: string }[]
  count: BallotCount | null
  goRound: Place[] | null
  playing: { position: number; since: number | null } | null
}
export type Place = {
  accountId: string
  place: number
  turnId: string | null
  aside: 'passed' | 'skipped' | null
}
export type Topic = {
  id: string
  blockId: string | null
  title: string
  position: number
  answerIds: string[]
}
type Ballot = {
  blockId: string
  accountId: string
  revision: number
  dots: { topicId: string; dots: number }[]
  step: number | null
  done: boolean
}
type Answer = {
  id: string
  blockId: string
  accountId: string
  body: string
  revision: number
  done: boolean
  writtenAt: number
}
export type Turn = {
  id: string
  accountId: string
  askedAt: number
  kind: 'speak' | 'add'
  state: 'waiting' | 'speaking' | 'over'
  beganAt: number | null
}
type Commitment = {
  id: string
  accountId: string
  cue: string
  action: string
  due: string | null
  madeAt: number
}

/** What the model says no to. */
export class No extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode) {
    super(code)
    this.code = code
  }
}

/** Whoever asks is let in, or hears that there is nothing. */
export function seat(world: World, accountId: string): Role {
  const role = world.roles[accountId]
  if (!role) throw new No('not-found')
  return role
}

export function chair(world: World, accountId: string): void {
  if (seat(world, accountId) === 'member') throw new No('not-allowed')
}

export function live(world: World): void {
  if (world.status !== 'live') throw new No('conflict')
}

export function find(world: World, blockId: string | undefined): Block {
  const block = world.blocks.find(({ id }) => id === blockId)
  if (!block) throw new No('not-found')
  return block
}

export const newBlock = (given: Pick<Block, 'id' | 'kind' | 'minutes' | 'options'>): Block => ({
  ...given,
  ...{ skipped: false, begun: false, revealedAt: null, left: null },
  ...{ nobodys: [], count: null, goRound: null, playing: null },
})

export const isWritten = ({ kind }: Block): boolean => kind === 'write' || kind === 'close'

/** Late comers have a place at the end of a go-round that runs. */
export function arrive(world: World, accountId: string, now: number): void {
  if (world.people.some((one) => one.accountId === accountId)) return
  const spoken = world.turns.filter((turn) => turn.accountId === accountId && turn.beganAt !== null).length
  world.people.push({ accountId, arrivedAt: now, spoken })
  const seats = world.blocks.find(({ id }) => id === world.current)?.goRound
  const place = Math.max(-1, ...(seats ?? []).map((one) => one.place)) + 1
  seats?.push({ accountId, place, turnId: null, aside: null })
}

type Seen = Record<string, unknown>

/** What of the world everybody in the room sees. */
export function seenOf(world: World): Seen {
  const written = (blockId: string) => world.answers.filter((answer) => answer.blockId === blockId)
  const ballotsIn = (blockId: string) => world.ballots.filter((ballot) => ballot.blockId === blockId)
  return {
    status: world.status,
    current: world.current,
    timer: world.timer,
    people: world.people.toSorted(by('arrivedAt', 'accountId')),
    queue: world.turns
      .filter(({ state }) => state === 'waiting')
      .toSorted(by('askedAt', 'id'))
      .map(({ id, accountId, kind }) => ({ id, accountId, kind })),
    speaking: world.turns.find(({ state }) => state === 'speaking')?.id ?? null,
    commitments: world.commitments.toSorted(by('madeAt', 'id')).map((one) => ({
      ...one,
      witness:
        world.witnesses.find(({ commitmentId, state }) => commitmentId === one.id && state === 'accepted')
          ?.accountId ?? null,
    })),
    topics: world.topics.toSorted(by('position')).map(({ answerIds, ...topic }) => ({
      ...topic,
      title: topic.title || titleOf(world, topic.blockId, answerIds),
      answerIds: answerIds.toSorted(),
    })),
    blocks: world.blocks.map((block) => ({
      id: block.id,
      minutes: block.minutes,
      skipped: block.skipped,
      begun: block.begun,
      revealed: block.revealedAt,
      written: [...(block.options.anonymous ? [] : written(block.id)), ...ballotsIn(block.id)]
        .filter(({ done }) => done)
        .map(({ accountId }) => accountId)
        .toSorted(),
      writtenCount: block.options.anonymous ? written(block.id).filter(({ done }) => done).length : 0,
      answers:
        block.revealedAt !== null && isWritten(block)
          ? [
              ...block.nobodys.map(({ id, body }) => ({ id, accountId: null, body })),
              ...written(block.id)
                .filter(({ body }) => body.trim() !== '')
                .map(({ id, accountId, body }) => ({ id, accountId, body })),
            ].toSorted(by('body'))
          : [],
      count: block.count,
      goRound: block.goRound?.toSorted(by('place')) ?? null,
      playing: block.playing,
    })),
  }
}

/** A topic that nobody named is called by its first answer. */
function titleOf(world: World, blockId: string | null, answerIds: readonly string[]): string {
  const nobodys = world.blocks.find(({ id }) => id === blockId)?.nobodys ?? []
  const first = [...world.answers.toSorted(by('writtenAt', 'id')), ...nobodys].find(({ id }) =>
    answerIds.includes(id),
  )
  return first?.body.trim() ?? ''
}

/** The same of a view that somebody has. */
export function shownBy(view: SessionView): Seen {
  return {
    status: view.session.status,
    current: view.currentBlockId,
    timer: {
      endsAt: view.timer.endsAt === null ? null : Date.parse(view.timer.endsAt),
      left: view.timer.left,
    },
    people: view.people.map(({ accountId, arrivedAt, spoken }) => ({
      accountId,
      arrivedAt: Date.parse(arrivedAt),
      spoken,
    })),
    queue: view.queue.map(({ turnId, accountId, kind }) => ({ id: turnId, accountId, kind })),
    speaking: view.speaking?.turnId ?? null,
    commitments: view.commitments.map(({ id, accountId, cue, action, due, madeAt, witness }) => ({
      id,
      accountId,
      cue,
      action,
      due,
      madeAt: Date.parse(madeAt),
      witness: witness?.accountId ?? null,
    })),
    topics: view.topics.map(({ named: _named, answerIds, ...topic }) => ({
      ...topic,
      answerIds: answerIds.toSorted(),
    })),
    blocks: view.blocks.map((block) => ({
      id: block.id,
      minutes: block.minutes,
      skipped: block.skipped,
      begun: block.startedAt !== null,
      revealed: block.revealedAt === null ? null : Date.parse(block.revealedAt),
      written: block.written,
      writtenCount: block.writtenCount,
      answers: block.answers.toSorted(by('body')),
      count: block.count,
      goRound: block.goRound?.seats ?? null,
      playing: block.playing && {
        position: block.playing.position,
        since: block.playing.since === null ? null : Date.parse(block.playing.since),
      },
    })),
  }
}

/** Whether the server gave an id that is not known yet. */
export const isMissingIds = (world: World): boolean => JSON.stringify(world).includes('"?')

/** Takes over the ids that the server gave, from where they must stand. */
export function learn(world: World, view: SessionView): World {
  const known = new Map<string, string>()
  const same = (mine: string | null | undefined, theirs: string | null | undefined) => {
    if (mine?.startsWith('?') && theirs) known.set(mine, theirs)
  }
  for (const topic of world.topics)
    same(topic.id, view.topics.find(({ position }) => position === topic.position)?.id)
  for (const block of world.blocks) {
    const shown = view.blocks.find(({ id }) => id === block.id)
    for (const one of block.nobodys) same(one.id, shown?.answers.find(({ body }) => body === one.body)?.id)
    for (const { accountId, turnId } of block.goRound ?? [])
      same(turnId, shown?.goRound?.seats.find((seat) => seat.accountId === accountId)?.turnId)
  }
  if (known.size === 0) return world
  return JSON.parse(
    JSON.stringify(world).replaceAll(/"(\?\d+)"/g, (all, id: string) => JSON.stringify(known.get(id) ?? id)),
  ) as World
}

export const agrees = (world: World, view: SessionView): boolean =>
  isDeepStrictEqual(seenOf(world), shownBy(view))

/** What somebody reads as their own. */
export const mineOf = (world: World, accountId: string) =>
  world.answers
    .filter((answer) => answer.accountId === accountId)
    .map(({ id, blockId, body, revision, done }) => ({ id, blockId, body, revision, done }))
    .toSorted(by('id'))

/** What somebody reads of their own votes. */
export const ballotsOf = (world: World, accountId: string) =>
  world.ballots
    .filter((ballot) => ballot.accountId === accountId)
    .map(({ accountId: _, ...ballot }) => ballot)
    .toSorted(by('blockId'))

export const by =
  <Key extends string>(...keys: Key[]) =>
  (a: Record<Key, string | number>, b: Record<Key, string | number>): number => {
    for (const key of keys) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
    return 0
  }
