import { Value } from 'typebox/value'
import { client, sentenceOf, type Client } from '#lib/api.ts'
import { RoomConnection } from '#lib/rooms/follow-room.ts'
import type { Commitment, CommitmentStatus, SessionCommitmentDraft } from '#shared/commitments.ts'
import {
  type HandKind,
  LiveEvent,
  type LiveBlock,
  type LivePerson,
  type MyAnswer,
  type Room,
} from '#shared/live.ts'
import { applyLiveEvent } from '#shared/live/apply-live-event.ts'
import { placeOf } from '#shared/live/plan.ts'
import { currentBlock, neighbour, phaseOf, secondsLeft, speakingOrder } from '#shared/live/rules.ts'
import type { Position } from '#shared/rooms.ts'
import { newsOf } from './announce.ts'
import { KeptAnswer } from './kept-answer.svelte.ts'
import { LiveCompanions } from './live-companions.svelte.ts'
import { LivePlan } from './live-plan.svelte.ts'
import { LiveLead } from './live-lead.svelte.ts'
import { LiveBallots } from './live-ballots.svelte.ts'
import { LivePlenary } from './live-plenary.svelte.ts'
import { LivePods } from './live-pods.svelte.ts'
import { LiveSpoken } from './live-spoken.svelte.ts'
import { LiveSlips } from './live-slips.svelte.ts'
import { LiveTopics } from './live-topics.svelte.ts'
import { LiveWitnesses } from './live-witnesses.svelte.ts'
import { shelf } from './shelf.ts'

const TICK = 250
const LAST_MINUTE = 60
const PROBLEM_STAYS = 12_000

/** A live room in the browser: the view, folded from what the room hears, and everything one can do in it. */
export class LiveSession {
  view = $state.raw() as Room['view']
  notes = $state.raw() as Room['notes']
  me = $state.raw() as Room['me']
  readonly zone: string | undefined
  readonly connection: RoomConnection
  readonly pods: LivePods
  readonly ballots: LiveBallots
  readonly lead: LiveLead
  readonly spoken: LiveSpoken
  readonly plan: LivePlan
  readonly slips: LiveSlips
  readonly topics: LiveTopics
  readonly witnesses: LiveWitnesses
  readonly companions: LiveCompanions
  readonly plenary: LivePlenary
  /** The server's time, a few times a second: timers count against it. */
  now = $state(0)
  /** What was promised at earlier sessions, once somebody looked back. */
  earlier = $state.raw<Commitment[]>()
  /** For people who listen to the screen: what just happened. */
  announcement = $state('')
  /** Why the last thing I did could not be done. */
  problem = $state('')

  readonly #api: Client
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each answer is reactive itself; which ones are open is nobody's news
  readonly #answers = new Map<string, KeptAnswer>()
  #mine: MyAnswer[]
  #running = false
  #fading: ReturnType<typeof setTimeout> | undefined

  /** @param zone  the clock that its reader goes by. */
  constructor(room: Room, zone: string | undefined, api: Client = client()) {
    this.zone = zone
    this.#api = api
    this.me = room.me
    this.view = room.view
    this.notes = room.notes
    this.#mine = room.mine
    this.pods = new LivePods(this, api, (verb) => this.#run(verb))
    this.ballots = new LiveBallots(this, api, (verb) => this.#run(verb), room.ballots)
    this.spoken = new LiveSpoken(this, api, (verb) => this.#run(verb))
    this.slips = new LiveSlips(this, api)
    this.lead = new LiveLead(this, api, (verb) => this.#run(verb))
    this.plan = new LivePlan(this, api, (verb) => this.#run(verb))
    this.topics = new LiveTopics(this, api, (verb) => this.#run(verb))
    this.witnesses = new LiveWitnesses(this, api)
    this.companions = new LiveCompanions(this, api)
    this.plenary = new LivePlenary(this, api, (verb) => this.#run(verb))
    this.connection = new RoomConnection({
      roomId: room.view.session.id,
      position: room.position,
      hear: (event) => this.#hear(event),
      reload: () => this.#reload(),
    })
    this.now = this.connection.now()
  }

  /** Begins to follow the room; gives how to stop. Browser only. */
  start(): () => void {
    this.#running = true
    for (const answer of this.#answers.values()) answer.restore()
    this.ballots.start()
    const stop = this.connection.start()
    const ticking = setInterval(() => this.#tick(), TICK)
    return () => {
      this.#running = false
      clearInterval(ticking)
      stop()
    }
  }

  get block(): LiveBlock | undefined {
    return currentBlock(this.view)
  }

  /** Seconds to go in this block, below zero when its time is up. */
  get left(): number | null {
    return secondsLeft(this.view.timer, this.now)
  }

  /** Its blocks are open for days, and nobody has to be here at one time. */
  get overDays(): boolean {
    return this.view.session.overDays === true
  }

  get paused(): boolean {
    return this.view.timer.endsAt === null && this.view.timer.left !== null
  }

  /** The hands, whoever spoke least first. */
  get queue() {
    return speakingOrder(this.view.queue, this.view.people)
  }

  get myHand() {
    return this.view.queue.find(({ accountId }) => accountId === this.me.accountId)
  }

  get iSpeak(): boolean {
    return this.view.speaking?.accountId === this.me.accountId
  }

  /** Who came and is connected now. */
  get here(): LivePerson[] {
    const { presence } = this.connection
    return this.view.people.filter(
      ({ accountId }) => presence.includes(accountId) || accountId === this.me.accountId,
    )
  }

  /** Who is there without a screen of their own, as the facilitator said. */
  get alsoThere(): LivePerson[] {
    const { presence } = this.connection
    return this.view.people.filter(({ accountId, screen }) => !screen && !presence.includes(accountId))
  }

  person(accountId: string | null): LivePerson | undefined {
    return this.view.people.find((one) => one.accountId === accountId)
  }

  nameOf(accountId: string): string {
    return accountId === this.me.accountId ? 'You' : (this.person(accountId)?.name ?? 'Somebody')
  }

  /** My own writing in a block. */
  answer(blockId: string): KeptAnswer {
    const known = this.#answers.get(blockId)
    if (known) return known
    const answer = new KeptAnswer(
      {
        blockId,
        key: `shortside:answer:${this.me.accountId}:${blockId}`,
        kept: this.#mine.find((one) => one.blockId === blockId),
      },
      (body) => this.#api.writeAnswer({ params: this.#params, body }),
      shelf,
    )
    this.#answers.set(blockId, answer)
    if (this.#running) queueMicrotask(() => answer.restore())
    return answer
  }

  /** The line is there: come in, and send what waited. */
  async arrive(): Promise<void> {
    this.problem = ''
    for (const answer of this.#answers.values()) answer.flush()
    this.slips.flush()
    this.plenary.flush()
    this.ballots.flush()
    // Over days whoever takes part was there, not whoever looks in.
    const open = this.view.session.status === 'live' && !this.overDays
    if (open && this.person(this.me.accountId)?.screen !== true)
      await this.#run(() => this.#api.enterRoom(this.#here))
  }

  open = () => this.#run(() => this.#api.openRoom(this.#here))
  close = () => this.#run(() => this.#api.closeSession(this.#here))
  next = () => this.#run(() => this.#api.nextBlock({ ...this.#here, body: this.#moving() }))
  previous = () => this.#run(() => this.#api.previousBlock({ ...this.#here, body: this.#moving() }))
  goTo = (blockId: string) =>
    this.#run(() => this.#api.startBlock({ params: { ...this.#params, blockId }, body: this.#moving() }))
  pauseOrResume = () => {
    const command = { ...this.#here, body: { id: crypto.randomUUID() } }
    return this.#run(() => (this.paused ? this.#api.resumeTimer(command) : this.#api.pauseTimer(command)))
  }
  extend = (minutes: number) => {
    const body = { id: crypto.randomUUID(), minutes }
    return this.#run(() => this.#api.extendTimer({ ...this.#here, body }))
  }
  reveal = (blockId: string) =>
    this.#run(() => this.#api.revealAnswers({ params: { ...this.#params, blockId } }))

  raiseHand = (kind: HandKind = 'speak') => {
    const body = { turnId: crypto.randomUUID(), kind }
    return this.#run(() => this.#api.raiseHand({ ...this.#here, body }))
  }
  lowerHand = (turnId: string) =>
    this.#run(() => this.#api.lowerHand({ params: { ...this.#params, turnId } }))
  lowerAllHands = () => {
    const turnIds = this.view.queue.map(({ turnId }) => turnId)
    return this.#run(() => this.#api.lowerAllHands({ ...this.#here, body: { turnIds } }))
  }
  giveTurn = (turnId: string) => this.#run(() => this.#api.giveTurn({ params: { ...this.#params, turnId } }))
  endTurn = (turnId: string) => this.#run(() => this.#api.endTurn({ params: { ...this.#params, turnId } }))

  /** These throw: their form shows what was refused and keeps what was typed. */
  makeCommitment = (body: SessionCommitmentDraft) => this.#api.makeCommitment({ ...this.#here, body })
  changeCommitment = (commitmentId: string, body: Omit<SessionCommitmentDraft, 'id'>) =>
    this.#api.changeCommitment({ params: { ...this.#params, commitmentId }, body })
  withdrawCommitment = (commitmentId: string) =>
    this.#run(() => this.#api.withdrawCommitment({ params: { ...this.#params, commitmentId } }))

  /** Reads what was promised earlier; afterwards it follows the room. */
  lookBack = () =>
    this.#run(async () => {
      this.earlier = await this.#api.listEarlierCommitments(this.#here)
    })
  /** Throws, like the others with a form. */
  answerEarlier = (id: string, body: { status: CommitmentStatus; reflection: string; comesBack?: boolean }) =>
    this.#api.closeCommitment({ params: { id }, body })

  /** What I wrote in blocks that nobody revealed: it stays mine. */
  get unrevealed(): { block: LiveBlock; body: string }[] {
    return this.view.blocks.flatMap((block) => {
      const body = this.#mine.find(({ blockId }) => blockId === block.id)?.body.trim() ?? ''
      const written = (this.#answers.get(block.id)?.body ?? body).trim()
      return block.revealedAt === null && written !== '' ? [{ block, body: written }] : []
    })
  }

  /** "3 of 7", or nothing before the first block. */
  get place(): string {
    const place = placeOf(this.view)
    return place ? `${place.at} of ${place.of}` : ''
  }

  get hasNext(): boolean {
    return neighbour(this.view.blocks, this.view.currentBlockId, 1) !== undefined
  }

  get hasPrevious(): boolean {
    return neighbour(this.view.blocks, this.view.currentBlockId, -1) !== undefined
  }

  get #params() {
    return { sessionId: this.view.session.id }
  }
  get #here() {
    return { params: this.#params }
  }
  #moving() {
    return { id: crypto.randomUUID(), from: this.view.currentBlockId }
  }

  async #run(verb: () => Promise<unknown>): Promise<void> {
    try {
      await verb()
      this.problem = ''
    } catch (problem) {
      this.problem = sentenceOf(problem)
      clearTimeout(this.#fading)
      this.#fading = setTimeout(() => (this.problem = ''), PROBLEM_STAYS)
    }
  }

  #hear(given: unknown): void {
    const event = Value.Parse(LiveEvent, given)
    this.view = applyLiveEvent(this.view, event)
    if (event.type === 'promise-answered' && this.earlier) void this.lookBack()
    this.pods.hear(event)
    this.ballots.hear(event)
    if (event.type === 'lead-changed' && event.why === 'named') void this.#run(this.#readMyRights)
    this.plan.hear(event)
    this.witnesses.hear(event)
    const news = newsOf(event, this.view, this.me)
    if (news) this.announcement = news
  }

  /** Whether I may run the session, and with which notes. The view itself follows the log. */
  #readMyRights = async (): Promise<void> => {
    this.#takeRights(await this.#api.getRoom({ params: this.#params }))
  }

  #takeRights({ me, notes }: Room): void {
    if (me.mayRun !== this.me.mayRun)
      this.announcement = me.mayRun ? 'You may run this session now.' : 'You don’t run this session any more.'
    this.me = me
    this.notes = notes
  }

  async #reload(): Promise<Position> {
    const room = await this.#api.getRoom({ params: this.#params })
    this.view = room.view
    this.#takeRights(room)
    this.#mine = room.mine
    this.ballots.reload(room.ballots)
    for (const [blockId, answer] of this.#answers) {
      answer.hear(room.mine.find((one) => one.blockId === blockId))
    }
    return room.position
  }

  #tick(): void {
    const before = this.left
    this.now = this.connection.now()
    const after = this.left
    if (phaseOf(this.view) !== 'running' || before === null || after === null) return
    const turned = this.pods.news()
    if (turned) this.announcement = turned
    if (this.overDays) return
    if (before > LAST_MINUTE && after <= LAST_MINUTE) this.announcement = 'One minute left.'
    if (before > 0 && after <= 0) this.announcement = 'The time of this block is up.'
  }
}
