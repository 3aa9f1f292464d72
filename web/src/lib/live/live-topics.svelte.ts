import type { Client } from '#lib/api.ts'
import type { LiveBlock } from '#shared/live.ts'
import { takesTopics } from '#shared/live/discussion.ts'
import { neighbour } from '#shared/live/rules.ts'
import { titleFrom } from '#shared/live/topics.ts'
import type { Topic } from '#shared/topics.ts'
import type { LiveSession } from './live-session.svelte.ts'

/** What can be picked up, and put to something else: an answer or a whole topic. */
export type Piece = { readonly kind: 'answer' | 'topic'; readonly id: string }
/** Where it can go. */
export type Place = Piece | { readonly kind: 'alone'; readonly id: '' }
export const ALONE: Place = { kind: 'alone', id: '' }

export const isSame = (one: Place | undefined, other: Place): boolean =>
  one?.kind === other.kind && one.id === other.id

type Moved = { id: string; from: string | null }

/** Puts revealed answers together: what is in my hand, what it can be put to, and my last step, to be undone. */
export class LiveTopics {
  /** What is picked up. */
  held = $state.raw<Piece>()
  /** What the pointer or the arrow keys are at. */
  aim = $state.raw<Place>()
  /** By pointer: nothing may move under it. */
  dragging = $state(false)
  /** Put somewhere by a press or by keyboard: its handle takes the focus where it is drawn next. */
  follow: Piece | undefined
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: (verb: () => Promise<unknown>) => Promise<void>
  #back = $state.raw<() => Promise<unknown>>()

  constructor(live: LiveSession, api: Client, run: (verb: () => Promise<unknown>) => Promise<void>) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  mayGroup(block: LiveBlock): boolean {
    const { me, view } = this.#live
    return (
      view.session.status === 'live' &&
      block.kind === 'write' &&
      (me.mayRun || block.options.groupTogether === true)
    )
  }

  of(block: LiveBlock): Topic[] {
    return this.#live.view.topics.filter(({ blockId }) => blockId === block.id)
  }

  get lines(): Topic[] {
    return this.#live.view.topics.filter(({ blockId }) => blockId === null)
  }

  /** The answers that are in no topic. */
  alone(block: LiveBlock) {
    const gathered = this.of(block).flatMap(({ answerIds }) => answerIds)
    return block.answers.filter(({ id }) => !gathered.includes(id))
  }

  topicOf(answerId: string): Topic | undefined {
    return this.#live.view.topics.find(({ answerIds }) => answerIds.includes(answerId))
  }

  /** What was written just before the current block, where that is talked about now and put together. */
  get said(): LiveBlock | undefined {
    const { block, view } = this.#live
    if (block?.kind !== 'discuss' || block.discussion !== null || takesTopics(block)) return undefined
    const before = neighbour(view.blocks, block.id, -1)
    return before?.kind === 'write' && before.answers.length > 0 ? before : undefined
  }

  get canUndo(): boolean {
    return this.#back !== undefined
  }

  nameOf({ kind, id }: Place): string {
    if (kind === 'alone') return 'by itself'
    if (kind === 'topic') return `“${this.#topic(id)?.title ?? ''}”`
    const body = this.#live.view.blocks.flatMap(({ answers }) => answers).find((one) => one.id === id)?.body
    return `“${titleFrom(body ?? '').slice(0, 60)}”`
  }

  /** Where the piece could go, in the order of the screen. */
  places(block: LiveBlock, piece: Piece): Place[] {
    const own = piece.kind === 'answer' ? this.topicOf(piece.id) : undefined
    const topics = this.of(block).filter(({ id }) => id !== piece.id && id !== own?.id)
    const answers = this.alone(block).filter(({ id }) => id !== piece.id)
    return [
      ...topics.map(({ id }): Place => ({ kind: 'topic', id })),
      ...answers.map(({ id }): Place => ({ kind: 'answer', id })),
      ...(own ? [ALONE] : []),
    ]
  }

  pickUp(block: LiveBlock, piece: Piece): void {
    this.held = piece
    this.aim = undefined
    const count = this.places(block, piece).length
    this.#live.announcement =
      count === 0
        ? 'There is nothing to put it to.'
        : `Picked up ${this.nameOf(piece)}. Arrow keys choose where, Space puts it there, Escape leaves it.`
  }

  step(block: LiveBlock, by: 1 | -1): void {
    if (!this.held) return
    const places = this.places(block, this.held)
    if (places.length === 0) return
    const at = places.findIndex((place) => isSame(this.aim, place))
    const next =
      places[at < 0 ? (by === 1 ? 0 : places.length - 1) : (at + by + places.length) % places.length]
    this.aim = next
    if (next) this.#live.announcement = next.kind === 'alone' ? 'By itself.' : `With ${this.nameOf(next)}.`
  }

  leave(): void {
    if (this.held) this.#live.announcement = 'Left where it was.'
    this.held = undefined
    this.aim = undefined
  }

  async drop(block: LiveBlock, place = this.aim): Promise<void> {
    const { held } = this
    if (!held || !place || isSame(held, place)) return this.leave()
    this.held = undefined
    this.aim = undefined
    const words = place.kind === 'alone' ? 'It stands by itself.' : `Put with ${this.nameOf(place)}.`
    await this.#run(() => this.#put(block, held, place))
    if (this.#live.problem === '') this.#live.announcement = words
  }

  /** Puts it there by a press: what was pressed goes, and the focus goes along with what was put. */
  put(block: LiveBlock, place?: Place): Promise<void> {
    this.follow = this.held
    return this.drop(block, place)
  }

  #put(block: LiveBlock, piece: Piece, place: Place): Promise<unknown> {
    const from = piece.kind === 'answer' ? this.topicOf(piece.id) : this.#topic(piece.id)
    if (place.kind === 'alone') return from ? this.#takeOut(block, from, piece.id) : Promise.resolve()
    const to = place.kind === 'topic' ? this.#topic(place.id) : this.topicOf(place.id)
    if (piece.kind === 'topic') {
      if (!from) return Promise.resolve()
      return to ? this.#merge(block, from, to) : this.#gather(block, from.id, [{ id: place.id, from: null }])
    }
    const moved: Moved = { id: piece.id, from: from?.id ?? null }
    if (to?.id === from?.id && to) return Promise.resolve()
    return to
      ? this.#gather(block, to.id, [moved])
      : this.#gather(block, crypto.randomUUID(), [{ id: place.id, from: null }, moved])
  }

  async #gather(block: LiveBlock, topicId: string, answers: Moved[], title = ''): Promise<void> {
    const before = this.#live.view.topics
    const { params } = this.#at(topicId)
    await this.#api.gatherAnswers({ params, body: { blockId: block.id, title, answers } })
    this.#back = async () => {
      for (const { id, from } of answers) {
        const earlier = before.find((topic) => topic.id === from)
        if (earlier)
          await this.#api.gatherAnswers({
            ...this.#at(earlier.id),
            body: { blockId: block.id, title: given(earlier), answers: [{ id, from: topicId }] },
          })
        else await this.#api.takeAnswerOut({ params: { ...params, answerId: id } })
      }
    }
  }

  async #takeOut(block: LiveBlock, topic: Topic, answerId: string): Promise<void> {
    const { params } = this.#at(topic.id)
    await this.#api.takeAnswerOut({ params: { ...params, answerId } })
    const body = { blockId: block.id, title: given(topic), answers: [{ id: answerId, from: null }] }
    this.#back = () => this.#api.gatherAnswers({ params, body })
  }

  async #merge(block: LiveBlock, topic: Topic, into: Topic): Promise<void> {
    await this.#api.mergeTopics({ ...this.#at(topic.id), body: { into: into.id } })
    const answers = topic.answerIds.map((id) => ({ id, from: into.id }))
    const body = { blockId: block.id, title: given(topic), answers }
    this.#back = () => this.#api.gatherAnswers({ ...this.#at(topic.id), body })
  }

  /** Throws, like everything with a form. */
  async rename(topic: Topic, title: string): Promise<void> {
    await this.#api.renameTopic({ ...this.#at(topic.id), body: { title } })
    this.#back = () => this.#api.renameTopic({ ...this.#at(topic.id), body: { title: given(topic) } })
  }

  async add(title: string): Promise<void> {
    const at = this.#at(crypto.randomUUID())
    await this.#api.addTopic({ ...at, body: { title } })
    this.#back = () => this.#api.removeTopic(at)
  }

  remove = (topic: Topic) =>
    this.#run(async () => {
      const at = this.#at(topic.id)
      await this.#api.removeTopic(at)
      const answers = topic.answerIds.map((id) => ({ id, from: null }))
      this.#back = () =>
        topic.blockId === null
          ? this.#api.addTopic({ ...at, body: { title: topic.title } })
          : this.#api.gatherAnswers({
              ...at,
              body: { blockId: topic.blockId ?? '', title: given(topic), answers },
            })
    })

  undo = async () => {
    const back = this.#back
    this.#back = undefined
    if (back) await this.#run(back)
    if (this.#live.problem === '') this.#live.announcement = 'The last step is undone.'
  }

  #topic(id: string): Topic | undefined {
    return this.#live.view.topics.find((topic) => topic.id === id)
  }
  #at(topicId: string) {
    return { params: { sessionId: this.#live.view.session.id, topicId } }
  }
}

const given = ({ named, title }: Topic): string => (named ? title : '')
