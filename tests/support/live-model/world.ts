import { isDeepStrictEqual } from 'node:util'
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
  /** Ids of commands that may happen once. */
  happened: string[]
}

export type Role = 'organizer' | 'facilitator' | 'member'
export type Block = {
  id: string
  kind: BlockKind
  minutes: number
  options: BlockOptions
  begun: boolean
  revealed: boolean
  /** Seconds that were left when it was left last. */
  left: number | null
}
export type Answer = {
  id: string
  blockId: string
  accountId: string
  body: string
  revision: number
  done: boolean
}
export type Turn = {
  id: string
  accountId: string
  askedAt: number
  state: 'waiting' | 'speaking' | 'over'
}
export type Commitment = {
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

export function arrive(world: World, accountId: string, now: number): void {
  if (world.people.some((one) => one.accountId === accountId)) return
  world.people.push({ accountId, arrivedAt: now, spoken: 0 })
}

type Seen = Record<string, unknown>

/** What of the world everybody in the room sees. */
export function seenOf(world: World): Seen {
  const written = (blockId: string) => world.answers.filter((answer) => answer.blockId === blockId)
  return {
    status: world.status,
    current: world.current,
    timer: world.timer,
    people: world.people.toSorted(by('arrivedAt', 'accountId')),
    queue: world.turns
      .filter(({ state }) => state === 'waiting')
      .toSorted(by('askedAt', 'id'))
      .map(({ id, accountId }) => ({ id, accountId })),
    speaking: world.turns.find(({ state }) => state === 'speaking')?.id ?? null,
    commitments: world.commitments.toSorted(by('madeAt', 'id')),
    blocks: world.blocks.map(({ id, begun, revealed, options }) => ({
      id,
      begun,
      revealed,
      written: written(id)
        .filter(({ done }) => done)
        .map(({ accountId }) => accountId)
        .toSorted(),
      answers: revealed
        ? written(id)
            .filter(({ body }) => body.trim() !== '')
            .map(({ accountId, body }) => ({ accountId: options.anonymous ? null : accountId, body }))
            .toSorted(by('body'))
        : [],
    })),
  }
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
    queue: view.queue.map(({ turnId, accountId }) => ({ id: turnId, accountId })),
    speaking: view.speaking?.turnId ?? null,
    commitments: view.commitments.map(({ id, accountId, cue, action, due, madeAt }) => ({
      id,
      accountId,
      cue,
      action,
      due,
      madeAt: Date.parse(madeAt),
    })),
    blocks: view.blocks.map(({ id, startedAt, revealedAt, written, answers }) => ({
      id,
      begun: startedAt !== null,
      revealed: revealedAt !== null,
      written,
      answers: answers.map(({ accountId, body }) => ({ accountId, body })).toSorted(by('body')),
    })),
  }
}

export const agrees = (world: World, view: SessionView): boolean =>
  isDeepStrictEqual(seenOf(world), shownBy(view))

/** What somebody reads as their own. */
export const mineOf = (world: World, accountId: string) =>
  world.answers
    .filter((answer) => answer.accountId === accountId)
    .map(({ id, blockId, body, revision, done }) => ({ id, blockId, body, revision, done }))
    .toSorted(by('id'))

export const by =
  <Key extends string>(...keys: Key[]) =>
  (a: Record<Key, string | number>, b: Record<Key, string | number>): number => {
    for (const key of keys) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
    return 0
  }
