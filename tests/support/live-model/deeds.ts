import { randomUUID } from 'node:crypto'
import { at, chairs, secret, type Deed, type Page } from './deed.ts'
import { addMinutes, freeFloor, goTo, leaveBallot, look, makeNobodys, secondsLeft } from './rules.ts'
import { arrive, find, isWritten, live, No, seat, type Block, type World } from './world.ts'

const moves = (name: 'nextBlock' | 'previousBlock', step: 1 | -1): Deed =>
  chairs(
    name,
    (api, params, { view }, _pick, id) => api[name]({ params, body: { id, from: view.currentBlockId } }),
    (world, { view }, _pick, now, id) => {
      live(world)
      if (world.current !== view.currentBlockId || world.happened.includes(id)) return
      const here = world.blocks.findIndex((one) => one.id === world.current)
      const counts = (block: Block) => !block.skipped
      const block =
        step > 0
          ? world.blocks.slice(here + 1).find(counts)
          : world.blocks.slice(0, Math.max(0, here)).findLast(counts)
      if (!block) throw new No('conflict')
      world.happened.push(id)
      goTo(world, block, now)
    },
  )

const changesTimer = (
  name: 'pauseTimer' | 'resumeTimer',
  change: (world: World, now: number) => boolean,
): Deed =>
  chairs(
    name,
    (api, params, _page, _pick, id) => api[name]({ params, body: { id } }),
    (world, _page, _pick, now, id) => {
      live(world)
      if (world.current === null) throw new No('conflict')
      if (world.happened.includes(id) || !change(world, now)) return
      world.happened.push(id)
      look(world, now)
    },
  )

const write =
  (done: boolean): Deed =>
  (page, pick) => {
    const { accountId, view, written } = page
    const blockId =
      (pick % 8 === 0 ? at(view.blocks, pick)?.id : view.currentBlockId) ?? at(view.blocks, pick)?.id ?? ''
    const known = written.get(blockId)
    const mark = view.blocks.find(({ id }) => id === blockId)?.options.closing ? '+ ' : ''
    const body = pick % 11 === 0 ? ' ' : mark + secret()
    const draft = { id: known?.id ?? randomUUID(), blockId, body, revision: (known?.revision ?? 0) + 1, done }
    written.set(blockId, draft)
    return {
      name: `write ${String(draft.revision)}${done ? ', done' : ''}`,
      send: (api) => api.writeAnswer({ params: { sessionId: view.session.id }, body: draft }),
      happen: (world, now) => {
        seat(world, accountId)
        live(world)
        const block = find(world, blockId)
        if (!isWritten(block) || !block.begun || block.revealedAt !== null) throw new No('conflict')
        if (done && body.trim() === '') throw new No('invalid')
        const mine = world.answers.find((one) => one.blockId === blockId && one.accountId === accountId)
        if (mine && mine.revision >= draft.revision) return toMine(mine)
        // Who writes without a name is not told to have come in.
        if (!block.options.anonymous) arrive(world, accountId, now)
        const kept = { ...draft, id: mine?.id ?? draft.id, accountId, writtenAt: now }
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

const raiseHand =
  (kind: 'speak' | 'add'): Deed =>
  ({ accountId, view }) => {
    const turnId = randomUUID()
    return {
      name: `raise a hand to ${kind}`,
      send: (api) => api.raiseHand({ params: { sessionId: view.session.id }, body: { turnId, kind } }),
      happen: (world, now) => {
        seat(world, accountId)
        live(world)
        if (world.turns.some(({ id }) => id === turnId)) return {}
        const up = world.turns.find((turn) => turn.accountId === accountId && turn.state === 'waiting')
        if (up?.kind === kind) return {}
        arrive(world, accountId, now)
        if (up) up.state = 'over'
        const askedAt = up?.askedAt ?? now
        world.turns.push({ id: turnId, accountId, askedAt, kind, state: 'waiting', beganAt: null })
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
  const witnessId = pick % 3 === 0 ? null : (at(WITNESSES(view, accountId), pick) ?? null)
  const promise = {
    id: randomUUID(),
    cue: 'the meeting drifts',
    action: `name it ${String(pick)}`,
    due: null,
  }
  const draft = { ...promise, witnessId }
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
      world.commitments.push({ ...promise, accountId, madeAt: now })
      if (witnessId !== null)
        world.witnesses.push({ commitmentId: promise.id, accountId: witnessId, state: 'asked' })
      return {}
    },
  }
}

/** Whoever is there and stays in the group. */
const WITNESSES = ({ people }: Page['view'], accountId: string): string[] =>
  people.filter((one) => one.accountId !== accountId && one.name !== 'Eve').map((one) => one.accountId)

const answerWitness: Deed = (page, pick) => {
  const { accountId, view } = page
  const id = at(view.commitments, pick)?.id ?? randomUUID()
  const answer = pick % 4 === 0 ? ('decline' as const) : ('accept' as const)
  return {
    name: `${answer} to be a witness`,
    send: (api) => api.answerWitness({ params: { id }, body: { answer } }),
    happen: (world) => {
      const asked = world.witnesses.find((one) => one.commitmentId === id && one.accountId === accountId)
      if (!asked) throw new No('not-found')
      if (asked.state === 'declined') {
        if (answer === 'accept') throw new No('not-found')
        return {}
      }
      asked.state = answer === 'accept' ? 'accepted' : 'declined'
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
      if (!world.commitments.some((one) => one.id === commitmentId && one.accountId === accountId)) return {}
      world.commitments = world.commitments.filter((one) => one.id !== commitmentId)
      world.witnesses = world.witnesses.filter((one) => one.commitmentId !== commitmentId)
      return {}
    },
  }
}

/** What people do whatever the block. */
export const ROOM_DEEDS = {
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
    (api, params, { view }, pick, id) =>
      api.startBlock({
        params: { ...params, blockId: at(view.blocks, pick)?.id ?? '' },
        body: { id, from: view.currentBlockId },
      }),
    (world, { view }, pick, now, id) => {
      live(world)
      const block = find(world, at(view.blocks, pick)?.id)
      if (world.current !== view.currentBlockId || world.current === block.id) return
      if (world.happened.includes(id)) return
      world.happened.push(id)
      goTo(world, block, now)
    },
  ),
  pause: changesTimer('pauseTimer', (world, now) => {
    if (world.timer.endsAt === null) return false
    world.timer = { endsAt: null, left: Math.max(0, Math.ceil(secondsLeft(world, now))) }
    return true
  }),
  resume: changesTimer('resumeTimer', (world, now) => {
    if (world.timer.endsAt !== null) return false
    world.timer = { endsAt: now + (world.timer.left ?? 0) * 1000, left: null }
    return true
  }),
  extend: chairs(
    'extend',
    (api, params, _page, pick, id) => api.extendTimer({ params, body: { id, minutes: 1 + (pick % 4) } }),
    (world, _page, pick, now, id) => {
      live(world)
      if (world.current === null) throw new No('conflict')
      if (world.happened.includes(id)) return
      world.happened.push(id)
      addMinutes(world, 1 + (pick % 4), now)
    },
  ),
  draft: write(false),
  done: write(true),
  reveal: (page, pick) => {
    const blockId = page.view.currentBlockId ?? at(page.view.blocks, pick)?.id ?? ''
    return chairs(
      'reveal',
      (api, params) => api.revealAnswers({ params: { ...params, blockId } }),
      (world, _page, _pick, now) => {
        live(world)
        const block = find(world, blockId)
        if (block.revealedAt !== null) return
        if (!isWritten(block) || block.options.stayHidden || !block.begun) throw new No('conflict')
        if (block.options.anonymous) makeNobodys(world, block)
        block.revealedAt = now
      },
    )(page, pick)
  },
  raise: raiseHand('speak'),
  raiseToAdd: raiseHand('add'),
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
      (world, _page, _pick, now) => {
        live(world)
        const turn = world.turns.find(({ id }) => id === turnId)
        if (!turn) throw new No('not-found')
        // Whoever had the floor once, had it: asked again nothing changes.
        if (turn.state === 'speaking' || world.happened.includes(turnId)) return
        if (turn.state === 'over') throw new No('conflict')
        freeFloor(world)
        turn.state = 'speaking'
        turn.beganAt = now
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
  answerWitness,
  close: chairs(
    'close',
    (api, params) => api.closeSession({ params }),
    (world, _page, _pick, now) => {
      if (world.status === 'wrapped-up') return
      live(world)
      leaveBallot(world, now)
      world.dueAt = null
      world.status = 'wrapped-up'
      world.current = null
      world.timer = { endsAt: null, left: null }
      for (const turn of world.turns) turn.state = 'over'
    },
  ),
} satisfies Record<string, Deed>
