import { client } from '#lib/api.ts'
import type { Stop } from '#shared/listening.ts'

/** While somebody listens, where they are is told this often. Milliseconds. */
const SPARINGLY = 20_000
/** Going to and fro is told once it is over. */
const SETTLES = 1_500

/** Tells the server where somebody is: sparingly while they listen, soon once they stop, and at the latest when they leave. */
export class StopKeeper {
  readonly #params: { slug: string; episodeId: string }
  readonly #place: () => Omit<Stop, 'ago'> | undefined
  #told: string
  #toldAt = -SPARINGLY
  /** When the audio was last there, where there is audio: an older place that is told late moves nothing. */
  #at: number | undefined
  #soon: ReturnType<typeof setTimeout> | undefined

  /** `place` says where they are; nothing when there is nothing to remember. */
  constructor(
    params: { slug: string; episodeId: string },
    known: Omit<Stop, 'ago'>,
    place: () => Omit<Stop, 'ago'> | undefined,
  ) {
    this.#params = params
    this.#place = place
    this.#told = sayPlace(known)
  }

  moved(): void {
    this.#at = Date.now()
    if (performance.now() - this.#toldAt >= SPARINGLY) void this.tell()
  }

  stopped(): void {
    this.#at = Date.now()
    clearTimeout(this.#soon)
    this.#soon = setTimeout(() => void this.tell(), SETTLES)
  }

  /** `leaving`: the browser sends it also when the page is gone. */
  async tell(leaving = false): Promise<void> {
    clearTimeout(this.#soon)
    const place = this.#place()
    if (!place || sayPlace(place) === this.#told) return
    const before = this.#told
    this.#told = sayPlace(place)
    this.#toldAt = performance.now()
    const send = leaving ? client((path, init) => fetch(path, { ...init, keepalive: true })) : client()
    try {
      await send.saveStop({ params: this.#params, body: { ...place, ...this.#ago() } })
    } catch {
      // No connection: the next place tells more than this one.
      this.#told = before
    }
  }

  #ago(): Pick<Stop, 'ago'> {
    return this.#at === undefined ? {} : { ago: Math.max(0, (Date.now() - this.#at) / 1000) }
  }
}

const sayPlace = ({ moment, reached }: Omit<Stop, 'ago'>) => `${Math.floor(moment)} ${Math.floor(reached)}`
