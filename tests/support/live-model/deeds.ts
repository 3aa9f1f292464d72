import { randomUUID } from 'node:crypto'
import type { Client } from '#lib/api.ts'
import type { SessionView } from '#shared/live.ts'
import { canary } from '#tests/canary.ts'
import { arrive, chair, live, No, seat, type Block, type World } from './world.ts'

/** What somebody has in front of them when they do something: perhaps an old state. */
export type Page = {
  readonly accountId: string
  readonly view: SessionView
  /** What this device knows of my answers: by block, the id and how often the text changed. */
  readonly written: Map<string, { id: string; revision: number }>
}

/** A request as it goes out, to be sent once, twice or much later, and what must become of it then. */
export type Request = {
  readonly name: string
  readonly send: (api: Client) => Promise<unknown>
  /** Changes the world and gives what is answered; `undefined` when anything may be. @throws No */
  readonly happen: (world: World, now: number) => unknown
}

/** What somebody does with a page. `pick` chooses where there is a choice, sensible or not. */
export type Deed = (page: Page, pick: number) => Request

const at = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)]

/** Words that stand nowhere else, so that whoever reads them too early is caught. */
const secret = () => canary(randomUUID().replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? ''))

const chairs =
  (
    name: string,
    send: (api: Client, params: { sessionId: string }, page: Page, pick: number) => Promise<unknown>,
    happen: (world: World, page: Page, pick: number, now: number) => void,
  ): Deed =>
  (page, pick) => ({
    name,
    send: (api) => send(api, { sessionId: page.view.session.id }, page, pick),
    happen: (world, now) => {
      chair(world, page.accountId)
      happen(world, page, pick, now)
      return {}
    },
  })

const moves = (name: 'nextBlock' | 'previousBlock', step: 1 | -1): Deed =>
  chairs(
    name,
    (api, params, { view }) => api[name]({ params, body: { from: view.currentBlockId } }),
    (world, { view }, _pick, now) => {
      live(world)
      if (world.current !== view.currentBlockId) return
      const here = world.blocks.findIndex(({ id }) => id === world.current)
      const block = here < 0 && step < 0 ? undefined : world.blocks[here + step]
      if (!block) throw new No('conflict')
      goTo(world, block, now)
    },
  )

function goTo(world: World, block: Block, now: number): void {
  const before = world.blocks.find(({ id }) => id === world.current)
  const seconds = block.begun && block.left !== null ? Math.max(60, block.left) : block.minutes * 60
  if (before) before.left = Math.ceil(secondsLeft(world, now))
  for (const turn of world.turns) if (turn.state === 'speaking') turn.state = 'over'
  block.begun = true
  world.current = block.id
  world.timer = { endsAt: now + seconds * 1000, left: null }
}

const secondsLeft = ({ timer: { endsAt, left } }: World, now: number): number =>
  endsAt === null ? (left ?? 0) : (endsAt - now) / 1000

const changesTimer = (
  name: string,
  send: (api: Client, params: { sessionId: string }) => Promise<unknown>,
  change: (world: World, now: number) => void,
): Deed =>
  chairs(
    name,
    (api, params) => send(api, params),
    (world, _page, _pick, now) => {
      live(world)
      if (world.current === null) throw new No('conflict')
      change(world, now)
    },
  )

const write =
  (done: boolean): Deed =>
  (page, pick) => {
    const { accountId, view, written } = page
    const blockId =
      (pick % 8 === 0 ? at(view.blocks, pick)?.id : view.currentBlockId) ?? at(view.blocks, pick)?.id ?? ''
    const known = written.get(blockId)
    const body = pick % 11 === 0 ? ' ' : secret()
    const draft = { id: known?.id ?? randomUUID(), blockId, body, revision: (known?.revision ?? 0) + 1, done }
    written.set(blockId, draft)
    return {
      name: `write ${String(draft.revision)}${done ? ', done' : ''}`,
      send: (api) => api.writeAnswer({ params: { sessionId: view.session.id }, body: draft }),
      happen: (world, now) => {
        seat(world, accountId)
        live(world)
        const block = world.blocks.find(({ id }) => id === blockId)
        if (!block) throw new No('not-found')
        if (!['write', 'close'].includes(block.kind) || !block.begun || block.revealed)
          throw new No('conflict')
        if (done && body.trim() === '') throw new No('invalid')
        const mine = world.answers.find((one) => one.blockId === blockId && one.accountId === accountId)
        if (mine && mine.revision >= draft.revision) return toMine(mine)
        arrive(world, accountId, now)
        const kept = { ...draft, id: mine?.id ?? draft.id, accountId }
        world.answers = [...world.answers.filter((one) => one !== mine), kept]
        return toMine(kept)
      },
    }
  }

const toMine = ({ id, blockId, body, revision, done }: World['answers'][number]) => ({
  id,
  blockId,
  body,
  revision,
  done,
})

const raiseHand: Deed = ({ accountId, view }) => {
  const turnId = randomUUID()
  return {
    name: 'raise a hand',
    send: (api) => api.raiseHand({ params: { sessionId: view.session.id }, body: { turnId } }),
    happen: (world, now) => {
      seat(world, accountId)
      live(world)
      if (world.turns.some((turn) => turn.accountId === accountId && turn.state === 'waiting')) return {}
      arrive(world, accountId, now)
      if (!world.turns.some(({ id }) => id === turnId))
        world.turns.push({ id: turnId, accountId, askedAt: now, state: 'waiting' })
      return {}
    },
  }
}

/** A turn that the page shows, or one that never was. */
const turnOn = ({ view }: Page, pick: number): string =>
  at([...view.queue.map(({ turnId }) => turnId), ...(view.speaking ? [view.speaking.turnId] : [])], pick) ??
  randomUUID()

const withTurn =
  (name: 'lowerHand' | 'endTurn', change: (turn: World['turns'][number]) => void): Deed =>
  (page, pick) => {
    const turnId = turnOn(page, pick)
    return {
      name,
      send: (api) => api[name]({ params: { sessionId: page.view.session.id, turnId } }),
      happen: (world) => {
        const role = seat(world, page.accountId)
        live(world)
        const turn = world.turns.find(({ id }) => id === turnId)
        if (!turn) throw new No('not-found')
        if (turn.accountId !== page.accountId && role === 'member') throw new No('not-allowed')
        change(turn)
        return {}
      },
    }
  }

const makeCommitment: Deed = ({ accountId, view }, pick) => {
  const draft = { id: randomUUID(), cue: 'the meeting drifts', action: `name it ${String(pick)}`, due: null }
  return {
    name: 'promise',
    send: (api) => api.makeCommitment({ params: { sessionId: view.session.id }, body: draft }),
    happen: (world, now) => {
      seat(world, accountId)
      live(world)
      arrive(world, accountId, now)
      // Heard already, also when it was taken back since.
      if (world.happened.includes(draft.id)) return {}
      world.happened.push(draft.id)
      world.commitments.push({ ...draft, accountId, madeAt: now })
      return {}
    },
  }
}

/** Mostly one of mine. */
const commitmentOn = ({ accountId, view: { commitments } }: Page, pick: number): string => {
  const mine = commitments.filter((one) => one.accountId === accountId)
  return at(mine.length > 0 && pick % 4 > 0 ? mine : commitments, pick)?.id ?? randomUUID()
}

const changeCommitment: Deed = (page, pick) => {
  const { accountId, view } = page
  const commitmentId = commitmentOn(page, pick)
  const body = { cue: 'Tuesday comes', action: `ask ${String(pick % 3)}`, due: '2026-12-01' }
  return {
    name: 'change a promise',
    send: (api) => api.changeCommitment({ params: { sessionId: view.session.id, commitmentId }, body }),
    happen: (world) => {
      seat(world, accountId)
      live(world)
      const mine = world.commitments.find((one) => one.id === commitmentId && one.accountId === accountId)
      if (!mine) throw new No('not-found')
      Object.assign(mine, body)
      return {}
    },
  }
}

const withdrawCommitment: Deed = (page, pick) => {
  const { accountId, view } = page
  const commitmentId = commitmentOn(page, pick)
  return {
    name: 'take a promise back',
    send: (api) => api.withdrawCommitment({ params: { sessionId: view.session.id, commitmentId } }),
    happen: (world) => {
      seat(world, accountId)
      live(world)
      world.commitments = world.commitments.filter(
        (one) => one.id !== commitmentId || one.accountId !== accountId,
      )
      return {}
    },
  }
}

/** Everything that people do in a room. */
export const DEEDS = {
  open: chairs(
    'open',
    (api, params) => api.openRoom({ params }),
    (world, { accountId }, _pick, now) => {
      if (world.status === 'wrapped-up') throw new No('conflict')
      if (world.status === 'live') return
      world.status = 'live'
      arrive(world, accountId, now)
    },
  ),
  enter: ({ accountId, view }) => ({
    name: 'enter',
    send: (api) => api.enterRoom({ params: { sessionId: view.session.id } }),
    happen: (world, now) => {
      seat(world, accountId)
      live(world)
      arrive(world, accountId, now)
      return {}
    },
  }),
  next: moves('nextBlock', 1),
  previous: moves('previousBlock', -1),
  start: chairs(
    'start',
    (api, params, { view }, pick) =>
      api.startBlock({
        params: { ...params, blockId: at(view.blocks, pick)?.id ?? '' },
        body: { from: view.currentBlockId },
      }),
    (world, { view }, pick, now) => {
      live(world)
      const block = world.blocks.find(({ id }) => id === at(view.blocks, pick)?.id)
      if (!block) throw new No('not-found')
      if (world.current !== view.currentBlockId || world.current === block.id) return
      goTo(world, block, now)
    },
  ),
  pause: changesTimer(
    'pause',
    (api, params) => api.pauseTimer({ params }),
    (world, now) => {
      if (world.timer.endsAt !== null)
        world.timer = { endsAt: null, left: Math.max(0, Math.ceil(secondsLeft(world, now))) }
    },
  ),
  resume: changesTimer(
    'resume',
    (api, params) => api.resumeTimer({ params }),
    (world, now) => {
      if (world.timer.endsAt === null)
        world.timer = { endsAt: now + (world.timer.left ?? 0) * 1000, left: null }
    },
  ),
  extend: (page, pick) => {
    const body = { id: randomUUID(), minutes: 1 + (pick % 4) }
    return changesTimer(
      'extend',
      (api, params) => api.extendTimer({ params, body }),
      (world, now) => {
        if (world.happened.includes(body.id)) return
        world.happened.push(body.id)
        const seconds = Math.max(0, secondsLeft(world, now)) + body.minutes * 60
        world.timer =
          world.timer.endsAt === null
            ? { endsAt: null, left: Math.ceil(seconds) }
            : { endsAt: now + seconds * 1000, left: null }
      },
    )(page, pick)
  },
  draft: write(false),
  done: write(true),
  reveal: (page, pick) => {
    const blockId = page.view.currentBlockId ?? at(page.view.blocks, pick)?.id ?? ''
    return chairs(
      'reveal',
      (api, params) => api.revealAnswers({ params: { ...params, blockId } }),
      (world) => {
        live(world)
        const block = world.blocks.find(({ id }) => id === blockId)
        if (!block) throw new No('not-found')
        if (block.revealed) return
        if (!['write', 'close'].includes(block.kind) || block.options.stayHidden || !block.begun)
          throw new No('conflict')
        block.revealed = true
      },
    )(page, pick)
  },
  raise: raiseHand,
  lower: withTurn('lowerHand', (turn) => {
    if (turn.state === 'waiting') turn.state = 'over'
  }),
  lowerAll: (page, pick) => {
    const turnIds = page.view.queue.map(({ turnId }) => turnId)
    return chairs(
      'lower all',
      (api, params) => api.lowerAllHands({ params, body: { turnIds } }),
      (world) => {
        live(world)
        for (const turn of world.turns)
          if (turnIds.includes(turn.id) && turn.state === 'waiting') turn.state = 'over'
      },
    )(page, pick)
  },
  give: (page, pick) => {
    const turnId = turnOn(page, pick)
    return chairs(
      'give the floor',
      (api, params) => api.giveTurn({ params: { ...params, turnId } }),
      (world) => {
        live(world)
        const turn = world.turns.find(({ id }) => id === turnId)
        if (!turn) throw new No('not-found')
        // Whoever had the floor once, had it: asked again nothing changes.
        if (turn.state === 'speaking' || world.happened.includes(turnId)) return
        if (turn.state === 'over') throw new No('conflict')
        for (const other of world.turns) if (other.state === 'speaking') other.state = 'over'
        turn.state = 'speaking'
        world.happened.push(turnId)
        for (const person of world.people) if (person.accountId === turn.accountId) person.spoken += 1
      },
    )(page, pick)
  },
  end: withTurn('endTurn', (turn) => {
    if (turn.state === 'waiting') throw new No('conflict')
    turn.state = 'over'
  }),
  promise: makeCommitment,
  changePromise: changeCommitment,
  takePromiseBack: withdrawCommitment,
  close: chairs(
    'close',
    (api, params) => api.closeSession({ params }),
    (world) => {
      if (world.status === 'wrapped-up') return
      live(world)
      world.status = 'wrapped-up'
      world.current = null
      world.timer = { endsAt: null, left: null }
      for (const turn of world.turns) turn.state = 'over'
    },
  ),
} satisfies Record<string, Deed>
