const SAMPLES = 8
/** A difference that no delay on the line explains: somebody set our clock. */
const JUMP = 2_000

type Sample = { offset: number; trip: number }

/** Estimates how far the server's clock is ahead of ours, in milliseconds, from the quickest of the last answers. */
export class ServerClock {
  #samples: Sample[] = []

  get offset(): number {
    return this.#samples.reduce((best, sample) => (sample.trip < best.trip ? sample : best), {
      offset: 0,
      trip: Infinity,
    }).offset
  }

  /** The server's time just came in, unasked: better than nothing until the first answer. */
  guess(now: number): void {
    if (this.#samples.length === 0) this.#samples.push({ offset: now - Date.now(), trip: 60_000 })
  }

  /** An answer to a question that was sent at `sent` by our clock: the server read its clock half-way. */
  measure(sent: number, now: number): void {
    const received = Date.now()
    const sample = { offset: now - (sent + received) / 2, trip: received - sent }
    if (sample.trip < 0) return
    if (Math.abs(sample.offset - this.offset) > JUMP + sample.trip) this.#samples = []
    this.#samples = [...this.#samples, sample].slice(-SAMPLES)
  }
}
