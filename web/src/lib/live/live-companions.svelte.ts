import type { Client } from '#lib/api.ts'
import type { Companions } from '#shared/companions.ts'
import type { LivePerson } from '#shared/live.ts'
import { companionsOf, countThere, sharing } from '#shared/live/companions.ts'
import type { LiveSession } from './live-session.svelte.ts'
import { companionsInWords } from './words.ts'

/** Who is in the room with whose phone. */
export class LiveCompanions {
  readonly #live: LiveSession
  readonly #api: Client

  constructor(live: LiveSession, api: Client) {
    this.#live = live
    this.#api = api
  }

  of(accountId: string): Companions {
    return companionsOf(this.#live.view.people, accountId)
  }

  /** So many share my phone, with me. */
  get sharing(): number {
    return sharing(this.of(this.#live.me.accountId))
  }

  /** "with Cleo and one more", or nothing for somebody alone. */
  words(accountId: string): string {
    const { alsoHere, named } = this.of(accountId)
    return companionsInWords(
      named.map((id) => this.#live.nameOf(id)),
      alsoHere,
    )
  }

  /** Who can have somebody with them. */
  get phones(): LivePerson[] {
    return this.#live.view.people.filter(({ screen }) => screen)
  }

  /** Everybody connected, with whoever shares their phone. */
  get count(): number {
    const { here, alsoThere } = this.#live
    const isHere = (id: string) => here.some(({ accountId }) => accountId === id)
    const named = alsoThere.filter(({ cameWith }) => cameWith !== undefined && isHere(cameWith))
    return countThere(here) + named.length
  }

  /** Throws, like the others with a form. */
  change = async (accountId: string, from: Companions, to: Companions): Promise<void> => {
    const sessionId = this.#live.view.session.id
    const body = { from, to }
    await (accountId === this.#live.me.accountId
      ? this.#api.changeMyCompanions({ params: { sessionId }, body })
      : this.#api.changeCompanionsOf({ params: { sessionId, accountId }, body }))
  }
}
