import type { Client } from '#lib/api.ts'
import type { Lead } from '#shared/leading.ts'
import { isLockedFor, mayTakeLead } from '#shared/live/lead.ts'
import type { LivePerson } from '#shared/live.ts'
import type { LiveSession } from './live-session.svelte.ts'

/** Who runs the session, and how people come in from its wall. */
export class LiveLead {
  /** The take-over that I have read about. */
  read = $state('')
  readonly #live: LiveSession
  readonly #api: Client
  readonly #run: (verb: () => Promise<unknown>) => Promise<void>

  constructor(live: LiveSession, api: Client, run: (verb: () => Promise<unknown>) => Promise<void>) {
    this.#live = live
    this.#api = api
    this.#run = run
  }

  get now(): Lead {
    return this.#live.view.lead
  }

  get isMine(): boolean {
    return this.now.leaderId === this.#me
  }

  /** Before the room is open, whoever facilitates will lead. */
  get leaderName(): string {
    const { leaderId } = this.now
    return this.nameOf(leaderId ?? this.#live.view.session.facilitatorId)
  }

  get lockedOut(): boolean {
    return isLockedFor(this.now, this.#me)
  }

  get mayTake(): boolean {
    return this.#live.me.mayRun && mayTakeLead(this.#live.view, this.#me)
  }

  /** I lead, because somebody else lost the connection, and have not read so yet. */
  get tookOverFrom(): string | undefined {
    const { lost } = this.now
    return this.isMine && lost && this.read !== lost.at ? this.nameOf(lost.accountId) : undefined
  }

  /** The lead was mine, and the connection was lost. */
  get iLostIt(): boolean {
    return this.now.lost?.accountId === this.#me
  }

  /** Who is here and may run the session, beside whoever leads. */
  get helpers(): LivePerson[] {
    const { leaderId, coFacilitators } = this.now
    return this.#live.here.filter(
      ({ accountId, role }) =>
        accountId !== leaderId &&
        (role !== 'member' || coFacilitators.some((one) => one.accountId === accountId)),
    )
  }

  /** Who came with the code and is not in the group. */
  get guests(): LivePerson[] {
    return this.#live.view.people.filter(({ byCode }) => byCode === true)
  }

  nameOf(accountId: string | null): string {
    const known =
      this.#live.person(accountId) ?? this.now.coFacilitators.find((one) => one.accountId === accountId)
    return known?.name ?? 'Somebody'
  }

  gotIt = () => {
    this.read = this.now.lost?.at ?? ''
  }
  take = () =>
    this.#run(() => this.#api.takeLead({ params: this.#params, body: { from: this.now.leaderId } }))
  hand = (to: string) => this.#run(() => this.#api.handLead({ params: this.#params, body: { to } }))
  lock = (locked: boolean) => this.#run(() => this.#api.lockTable({ params: this.#params, body: { locked } }))
  setDoor = (body: { guests: boolean; shown: boolean }) =>
    this.#run(() => this.#api.setDoor({ params: this.#params, body }))
  sendOut = (accountId: string) =>
    this.#run(() => this.#api.sendGuestOut({ params: { ...this.#params, accountId } }))

  get #me(): string {
    return this.#live.me.accountId
  }
  get #params() {
    return { sessionId: this.#live.view.session.id }
  }
}
