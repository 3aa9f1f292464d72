/* eslint-disable svelte/prefer-svelte-reactivity -- every set and map here is made anew and never changes */
import { Offline, sentenceOf } from '#lib/api.ts'
import {
  roomAtDoor,
  type Door,
  type DoorPerson,
  type Heard,
  type Mark,
  type WalkIn,
} from '#shared/evenings.ts'

type Shelf = Pick<Storage, 'getItem' | 'setItem'>
type Said<M> = M extends Mark ? Omit<M, 'id' | 'at'> : never
type NotLetIn = Heard['refused'][number] & { mark: Mark }
export type Way = { read: () => Promise<Door>; send: (marks: Mark[]) => Promise<Heard> }

const AT_ONCE = 100
const RETRY_AFTER = 4_000
const LOOK_EVERY = 12_000

/** Where what was done at a door waits on this device until it is sent. */
const shelfKey = (sessionId: string) => `shortside.door.${sessionId}`

function readShelf(shelf: Shelf, sessionId: string): Mark[] {
  try {
    return JSON.parse(shelf.getItem(shelfKey(sessionId)) ?? '[]') as Mark[]
  } catch {
    return []
  }
}

/**
 * A doorkeeper's device. What is done is shown at once, put on the shelf of the device, and taken off when the server
 * has it. Marks carry ids and times, so that they may be sent twice and in any order.
 */
export class DoorKeep {
  door: Door = $state.raw({} as Door)
  /** Kept on this device, not sent yet. */
  kept: Mark[] = $state.raw([])
  refused: NotLetIn[] = $state.raw([])
  offline = $state(false)
  problem = $state('')

  readonly #way: Way
  #shelf: Shelf | undefined
  #behind = 0
  #sending = false
  #ended = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(door: Door, way: Way) {
    this.#way = way
    this.#take(door)
  }

  /** Sends what is left from before, and looks again and again; gives what ends that. */
  start(shelf: Shelf): () => void {
    this.#shelf = shelf
    this.kept = readShelf(shelf, this.door.sessionId)
    this.#ended = false
    const soon = () => void this.#turn()
    soon()
    addEventListener('online', soon)
    return () => {
      this.#ended = true
      removeEventListener('online', soon)
      clearTimeout(this.#timer)
    }
  }

  mark(said: Said<Mark>): void {
    const at = new Date(Date.now() + this.#behind).toISOString()
    this.#keep([...this.#shelved(), { ...said, id: crypto.randomUUID(), at }])
    void this.#turn()
  }

  letInAnyway({ mark }: NotLetIn): void {
    this.dismiss(mark.id)
    const { id: _id, at: _at, ...said } = mark
    this.mark({ ...said, anyway: true })
  }

  dismiss(id: string): void {
    this.refused = this.refused.filter((one) => one.id !== id)
  }

  /** As it is once everything is sent. */
  people: (DoorPerson & { unsent: boolean })[] = $derived.by(() => {
    const last = this.#last((mark) => (mark.kind === 'person' ? mark.personId : undefined))
    return this.door.people.map((one) => {
      const mark = last.get(one.id)
      return { ...one, here: mark?.here ?? one.here, unsent: mark !== undefined }
    })
  })

  walkIns: (WalkIn & { unsent: boolean })[] = $derived.by(() => {
    const last = this.#last((mark) => (mark.kind === 'walk-in' ? mark.walkInId : undefined))
    const known = this.door.walkIns
      .filter(({ id }) => last.get(id)?.here !== false)
      .map((one) => ({ ...one, unsent: last.has(one.id) }))
    const ids = new Set(this.door.walkIns.map(({ id }) => id))
    const added = [...last].flatMap(([id, mark]) =>
      mark.kind === 'walk-in' && mark.here && !ids.has(id)
        ? [{ id, name: mark.name, arrivedAt: mark.at, table: null, unsent: true }]
        : [],
    )
    return [...known, ...added]
  })

  numbers = $derived.by(() => {
    const here = this.people.filter((one) => one.here).length + this.walkIns.length
    const has = ({ answer }: DoorPerson) => answer === 'coming' || answer === 'offered'
    const still = this.people.filter((one) => !one.here && has(one)).length
    const now = new Date(Date.parse(this.door.now))
    return {
      here,
      still,
      waiting: this.people.filter((one) => !one.here && one.answer === 'waiting').length,
      room: roomAtDoor(this.door, { here, expectedStill: still }, now),
    }
  })

  #last(idOf: (mark: Mark) => string | undefined): Map<string, Mark> {
    const last = new Map<string, Mark>()
    for (const mark of this.kept) {
      const id = idOf(mark)
      const before = id === undefined ? undefined : last.get(id)
      if (id !== undefined && (!before || before.at <= mark.at)) last.set(id, mark)
    }
    return last
  }

  #take(door: Door): void {
    this.door = door
    this.#behind = Date.parse(door.now) - Date.now()
  }

  /** Another page of this device may have kept something, too. */
  #shelved(): Mark[] {
    return this.#shelf ? readShelf(this.#shelf, this.door.sessionId) : this.kept
  }

  #keep(marks: Mark[]): void {
    this.kept = marks
    try {
      this.#shelf?.setItem(shelfKey(this.door.sessionId), JSON.stringify(marks))
    } catch {
      this.problem = 'This device has no room left, so check-ins are kept only while this page is open.'
    }
  }

  async #turn(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    clearTimeout(this.#timer)
    try {
      const marks = this.#shelved().slice(0, AT_ONCE)
      if (marks.length > 0) this.#settle(marks, await this.#way.send(marks))
      else this.#take(await this.#way.read())
      this.offline = false
      this.problem = ''
    } catch (problem) {
      this.offline = problem instanceof Offline
      this.problem = this.offline ? '' : sentenceOf(problem)
    } finally {
      this.#sending = false
      const more = this.kept.length > 0
      const again =
        more && !this.offline && !this.problem ? 0 : more || this.offline ? RETRY_AFTER : LOOK_EVERY
      if (!this.#ended) this.#timer = setTimeout(() => void this.#turn(), again)
    }
  }

  #settle(marks: Mark[], { refused, door }: Heard): void {
    const sent = new Set(marks.map(({ id }) => id))
    this.#take(door)
    this.#keep(this.#shelved().filter(({ id }) => !sent.has(id)))
    const known = new Set(this.refused.map(({ id }) => id))
    const newly = refused.flatMap((one) => {
      const mark = marks.find(({ id }) => id === one.id)
      return mark && !known.has(one.id) ? [{ ...one, mark }] : []
    })
    this.refused = [...this.refused, ...newly]
  }
}

/** Keeps a mark for the door's page on this device, which sends it. */
export const keepForLater = (shelf: Shelf, sessionId: string, mark: Mark): void =>
  shelf.setItem(shelfKey(sessionId), JSON.stringify([...readShelf(shelf, sessionId), mark]))

/** A helper's device knows by its door which codes it may take. */
const HELPER = 'shortside.door-helper'
type Helper = { sessionId: string; token: string }
export const rememberHelper = (shelf: Shelf, helper: Helper): void =>
  shelf.setItem(HELPER, JSON.stringify(helper))
export function readHelper(shelf: Shelf): Helper | undefined {
  try {
    return (JSON.parse(shelf.getItem(HELPER) ?? 'null') as Helper | null) ?? undefined
  } catch {
    return undefined
  }
}
