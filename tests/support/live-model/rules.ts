import { by, No, type Block, type Topic, type World } from './world.ts'

/** What follows from what people do, said as plainly as it can be, and without a line of what the server does. */

export const secondsLeft = ({ timer: { endsAt, left } }: World, now: number): number =>
  endsAt === null ? (left ?? 0) : (endsAt - now) / 1000

const runFor = (world: World, seconds: number, now: number): void => {
  world.timer = { endsAt: now + seconds * 1000, left: null }
}

/** More minutes, or fewer: then a minute stays when there was one. */
export function addMinutes(world: World, minutes: number, now: number): void {
  const before = secondsLeft(world, now)
  const seconds =
    minutes >= 0 ? Math.max(0, before) + minutes * 60 : Math.max(Math.min(before, 60), before + minutes * 60)
  if (world.timer.endsAt === null) world.timer = { endsAt: null, left: Math.ceil(seconds) }
  else runFor(world, seconds, now)
  look(world, now)
}

export function freeFloor(world: World): void {
  for (const turn of world.turns) if (turn.state === 'speaking') turn.state = 'over'
}

export function goTo(world: World, block: Block, now: number): void {
  leaveBallot(world, now)
  const before = world.blocks.find(({ id }) => id === world.current)
  const seconds = block.begun && block.left !== null ? Math.max(60, block.left) : block.minutes * 60
  if (before) {
    before.left = Math.ceil(secondsLeft(world, now))
    if (before.playing && before.playing.since !== null)
      before.playing = { position: momentOf(before, now), since: null }
  }
  freeFloor(world)
  block.begun = true
  block.skipped = false
  world.current = block.id
  runFor(world, seconds, now)
  if (block.options.goRound) seatEverybody(world, block)
  if (block.kind === 'vote' && block.revealedAt === null && !block.options.confidence) settleTopics(world)
  look(world, now)
}

/** In a circle by name; late comers come last. */
function seatEverybody(world: World, block: Block): void {
  const late = world.people.filter(
    ({ accountId }) => !block.goRound?.some((seat) => seat.accountId === accountId),
  )
  const names = world.names
  const order = block.goRound
    ? late.toSorted(by('arrivedAt', 'accountId'))
    : late.toSorted((a, b) => ((names[a.accountId] ?? '') < (names[b.accountId] ?? '') ? -1 : 1))
  const seats = block.goRound ?? []
  const next = (seats.at(-1)?.place ?? -1) + 1
  block.goRound = [
    ...seats,
    ...order.map(({ accountId }, at) => ({ accountId, place: next + at, turnId: null, aside: null })),
  ]
}

const START = 10
const END = 40

/** Where the episode stands. */
function momentOf({ playing }: Block, now: number): number {
  const { position, since } = playing ?? { position: START, since: null }
  return Math.min(END, Math.max(START, position + (since === null ? 0 : (now - since) / 1000)))
}

export function playFrom(block: Block, playing: boolean, to: number | null, now: number): void {
  const moment = momentOf(block, now)
  const position = to ?? (playing && moment >= END ? START : moment)
  block.playing = { position: Math.min(END, Math.max(START, position)), since: playing ? now : null }
}

/** An id that only the server knows yet. */
export function unknown(world: World): string {
  world.unknown += 1
  return `?${String(world.unknown)}`
}

/** Without names: nobody's from here on, in the order of the alphabet. */
export function makeNobodys(world: World, block: Block): void {
  const written = world.answers.filter((one) => one.blockId === block.id && one.body.trim() !== '')
  if (written.filter(({ done }) => done).length < 3) throw new No('conflict')
  const bodies = written.map(({ body }) => body.trim())
  block.nobodys = bodies.toSorted().map((body) => ({ id: unknown(world), body }))
  world.answers = world.answers.filter((one) => one.blockId !== block.id)
}

/** What was revealed in a block, as it stands there. */
const revealedIn = (world: World, block: Block): { id: string; body: string }[] => [
  ...world.answers
    .filter(({ blockId, body }) => blockId === block.id && body.trim() !== '')
    .toSorted(by('writtenAt', 'id')),
  ...block.nobodys,
]

export const lastPosition = (world: World): number =>
  Math.max(-1, ...world.topics.map(({ position }) => position))

/** The topics of the writing that was revealed last, and the lines that were added. What stands alone becomes one. */
function settleTopics(world: World): Topic[] {
  const last = world.blocks
    .filter(({ kind, revealedAt }) => kind === 'write' && revealedAt !== null)
    .toSorted((a, b) => (a.revealedAt ?? 0) - (b.revealedAt ?? 0))
    .at(-1)
  const alone = last
    ? revealedIn(world, last).filter(
        ({ id }) => !world.topics.some(({ answerIds }) => answerIds.includes(id)),
      )
    : []
  for (const { id } of alone)
    world.topics.push({
      ...{ id: unknown(world), blockId: last?.id ?? null, title: '' },
      ...{ position: lastPosition(world) + 1, answerIds: [id] },
    })
  return world.topics
    .filter(({ blockId }) => blockId === null || blockId === last?.id)
    .toSorted(by('position'))
}

/** Topics that gathered answers and have none any more go. */
export function dropEmpty(world: World, ids: readonly string[]): void {
  world.topics = world.topics.filter(
    ({ id, blockId, answerIds }) => !ids.includes(id) || blockId === null || answerIds.length > 0,
  )
}

const isOpenBallot = (block: Block | undefined): block is Block =>
  block?.kind === 'vote' && block.begun && block.revealedAt === null

/** The server looks at an open vote after ten seconds again, and at its end. */
export function look(world: World, now: number): void {
  const block = world.blocks.find(({ id }) => id === world.current)
  const endsAt = world.timer.endsAt ?? 0
  const again = now + 10_000
  world.dueAt = isOpenBallot(block) ? (endsAt > now ? Math.min(endsAt, again) : again) : null
}

/** Of whoever still belongs to the group. */
const cast = (world: World, block: Block) =>
  world.ballots.filter(({ blockId, accountId }) => blockId === block.id && world.roles[accountId])

const isUsed = (world: World, block: Block): boolean =>
  cast(world, block).some(({ dots, step, done }) => dots.length > 0 || step !== null || done)

export const isTimeUp = (world: World, now: number): boolean =>
  world.timer.endsAt !== null && world.timer.endsAt <= now

/** It ends when everybody with a screen is done, or when its time is up, and somebody voted. */
export function settleBallot(world: World, now: number): void {
  const block = world.blocks.find(({ id }) => id === world.current)
  if (isOpenBallot(block) && isUsed(world, block)) {
    const done = cast(world, block).flatMap((one) => (one.done ? [one.accountId] : []))
    const waited = world.people
      .map(({ accountId }) => accountId)
      .filter((id) => world.roles[id] && (id !== world.facilitator || done.includes(id)))
    const all = done.length > 0 && waited.every((id) => done.includes(id))
    if (all || isTimeUp(world, now)) count(world, block, now)
  }
  look(world, now)
}

export function leaveBallot(world: World, now: number): void {
  const block = world.blocks.find(({ id }) => id === world.current)
  if (isOpenBallot(block) && isUsed(world, block)) count(world, block, now)
}

/** Sums, of nobody. What each chose is gone. */
export function count(world: World, block: Block, now: number): void {
  const given = cast(world, block)
  if (block.options.confidence) {
    const steps = given.flatMap(({ step }) => (step === null ? [] : [step]))
    const spread = [1, 2, 3, 4, 5].map((step) => steps.filter((one) => one === step).length)
    block.count = { voters: steps.length, dots: [], spread: steps.length < 3 ? null : spread }
  } else {
    const topics = settleTopics(world)
    const there = new Set(topics.map(({ id }) => id))
    const valid = given
      .map(({ dots }) => dots.filter(({ topicId }) => there.has(topicId)))
      .filter((dots) => dots.length > 0)
    const sums = topics.map(({ id }) => ({
      topicId: id,
      dots: valid.flat().reduce((sum, one) => sum + (one.topicId === id ? one.dots : 0), 0),
    }))
    // Sorting keeps those with as many dots in the order in which they stand.
    block.count = { voters: valid.length, dots: sums.toSorted((a, b) => b.dots - a.dots), spread: null }
  }
  for (const one of world.ballots) if (one.blockId === block.id) Object.assign(one, { dots: [], step: null })
  block.revealedAt = now
}

export function voteAgain(world: World, block: Block, now: number): void {
  block.count = null
  block.revealedAt = null
  for (const one of world.ballots)
    if (one.blockId === block.id) Object.assign(one, { dots: [], step: null, done: false })
  if (secondsLeft(world, now) < 60) runFor(world, 60, now)
  look(world, now)
}
