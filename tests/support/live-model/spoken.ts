import { at, chairs, type Deed, type Page } from './deed.ts'
import { freeFloor, playFrom, unknown } from './rules.ts'
import { find, live, No, seat, type Block, type Place, type Turn, type World } from './world.ts'

/** A go-round that runs: its places, and who has the floor. */
type Round = { places: Place[]; floor: Turn | undefined }

function roundIn(world: World, blockId: string): Round | undefined {
  const block = find(world, blockId)
  if (!block.options.goRound) throw new No('conflict')
  if (world.current !== blockId) return undefined
  return { places: block.goRound ?? [], floor: world.turns.find(({ state }) => state === 'speaking') }
}

const waiting = ({ places }: Round): Place[] =>
  places
    .filter(({ turnId, aside }) => turnId === null && aside === null)
    .toSorted((a, b) => a.place - b.place)

function give(world: World, place: Place, now: number): void {
  freeFloor(world)
  const { accountId } = place
  const id = unknown(world)
  world.turns.push({ id, accountId, askedAt: now, kind: 'speak', state: 'speaking', beganAt: now })
  world.happened.push(id)
  Object.assign(place, { turnId: id, aside: null })
  count(world, accountId, 1)
}

/** They did not speak after all. */
function takeBack(world: World, place: Place, aside: Place['aside']): void {
  world.turns = world.turns.filter(({ id }) => id !== place.turnId)
  Object.assign(place, { turnId: null, aside })
  count(world, place.accountId, -1)
}

function count(world: World, accountId: string, step: number): void {
  for (const person of world.people) if (person.accountId === accountId) person.spoken += step
}

function goOn(world: World, round: Round, now: number): void {
  const [next] = waiting(round)
  if (next) give(world, next, now)
  else freeFloor(world)
}

/** Whose turn in it was before the one that is on. */
function earlierIn(world: World, { places, floor }: Round): Turn | undefined {
  const placeOf = ({ id }: Turn) => places.find(({ turnId }) => turnId === id)?.place ?? -1
  return world.turns
    .filter((turn) => turn !== floor && placeOf(turn) >= 0)
    .toSorted((a, b) => (a.beganAt ?? 0) - (b.beganAt ?? 0) || placeOf(a) - placeOf(b))
    .at(-1)
}

const roundOn = ({ view }: Page, pick: number): string =>
  (pick % 9 === 0 ? at(view.blocks, pick)?.id : view.currentBlockId) ?? at(view.blocks, pick)?.id ?? ''

/** Somebody of the go-round that the page shows; often oneself. */
const somebody = ({ accountId, view }: Page, pick: number): string =>
  pick % 2 === 0 ? accountId : (at(view.people, pick)?.accountId ?? accountId)

const inRound =
  (
    name: 'passTurn' | 'rejoinGoRound',
    happen: (world: World, round: Round, place: Place, isSelf: boolean, now: number) => void,
  ): Deed =>
  (page, pick) => {
    const { accountId: me, view } = page
    const [blockId, accountId] = [roundOn(page, pick), somebody(page, pick)]
    const params = { sessionId: view.session.id, blockId }
    return {
      name,
      send: (api) => api[name]({ params, body: { accountId } }),
      happen: (world, now) => {
        const role = seat(world, me)
        live(world)
        if (accountId !== me && role === 'member') throw new No('not-allowed')
        const round = roundIn(world, blockId)
        if (!round) return {}
        const place = round.places.find((one) => one.accountId === accountId)
        if (!place) throw new No('not-found')
        happen(world, round, place, accountId === me, now)
        return {}
      },
    }
  }

export const SPOKEN_DEEDS = {
  nextSpeaker: (page, pick) => {
    const { accountId, view } = page
    const blockId = roundOn(page, pick)
    const from = view.speaking?.turnId ?? null
    return {
      name: 'the next one speaks',
      send: (api) => api.nextSpeaker({ params: { sessionId: view.session.id, blockId }, body: { from } }),
      happen: (world, now) => {
        const role = seat(world, accountId)
        live(world)
        const round = roundIn(world, blockId)
        if (!round || (round.floor?.id ?? null) !== from) return {}
        const whose = round.floor ?? waiting(round)[0]
        if (whose?.accountId !== accountId && role === 'member') throw new No('not-allowed')
        goOn(world, round, now)
        return {}
      },
    }
  },
  previousSpeaker: (page, pick) => {
    const blockId = roundOn(page, pick)
    const from = page.view.speaking?.turnId ?? null
    return chairs(
      'whoever spoke before',
      (api, params) => api.previousSpeaker({ params: { ...params, blockId }, body: { from } }),
      (world) => {
        live(world)
        const round = roundIn(world, blockId)
        if (!round || (round.floor?.id ?? null) !== from) return
        const earlier = earlierIn(world, round)
        const place = round.places.find(({ turnId }) => turnId !== null && turnId === round.floor?.id)
        if (place) takeBack(world, place, null)
        if (!earlier) return
        freeFloor(world)
        earlier.state = 'speaking'
      },
    )(page, pick)
  },
  callOn: (page, pick) => {
    const [blockId, accountId] = [roundOn(page, pick), somebody(page, pick)]
    const from = page.view.speaking?.turnId ?? null
    return chairs(
      'call on somebody',
      (api, params) => api.callOn({ params: { ...params, blockId }, body: { accountId, from } }),
      (world, _page, _pick, now) => {
        live(world)
        const round = roundIn(world, blockId)
        if (!round || (round.floor?.id ?? null) !== from) return
        const place = round.places.find((one) => one.accountId === accountId)
        if (!place) throw new No('not-found')
        if (!round.floor || round.floor.id !== place.turnId) give(world, place, now)
      },
    )(page, pick)
  },
  pass: inRound('passTurn', (world, round, place, isSelf, now) => {
    const aside = isSelf ? 'passed' : 'skipped'
    if (round.floor && place.turnId === round.floor.id) {
      takeBack(world, place, aside)
      const [next] = waiting(round)
      if (next) give(world, next, now)
    } else if (place.turnId === null && place.aside === null) place.aside = aside
  }),
  rejoin: inRound('rejoinGoRound', (_world, { places }, place) => {
    if (place.aside === null) return
    place.place = Math.max(...places.map((one) => one.place)) + 1
    place.aside = null
  }),
  play: (page, pick) => {
    const blockId = roundOn(page, pick)
    const playing = pick % 3 > 0
    const position = pick % 4 === 0 ? pick % 50 : null
    return chairs(
      playing ? 'play' : 'play no more',
      (api, params, _page, _pick, id) =>
        api.playPart({ params: { ...params, blockId }, body: { id, playing, position } }),
      (world, _page, _pick, now, id) => {
        live(world)
        const block: Block = find(world, blockId)
        if (!block.options.part) throw new No('conflict')
        if (world.current !== blockId || world.happened.includes(id)) return
        world.happened.push(id)
        playFrom(block, playing, position, now)
      },
    )(page, pick)
  },
} satisfies Record<string, Deed>
