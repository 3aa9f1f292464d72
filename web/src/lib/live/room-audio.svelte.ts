import { inAudio } from '#shared/listening.ts'
import { correction, DRIFT } from '#shared/live/playing.ts'

/** Enough of the audio is there to go on. */
const GOES_ON = 3

/** The sound of one device, in step with the room: it follows the clock, and never leads. */
export class RoomAudio {
  /** Whether this device sounds. */
  on = $state(false)
  /** The browser wants a press first. */
  refused = $state(false)
  broken = $state(false)
  #audio: HTMLAudioElement | undefined
  #catching = false

  hold(audio: HTMLAudioElement): () => void {
    this.#audio = audio
    const broke = () => (this.broken = true)
    audio.addEventListener('error', broke)
    if (audio.error) broke()
    return () => {
      audio.removeEventListener('error', broke)
      audio.pause()
      this.#audio = undefined
    }
  }

  /** By a press: a browser lets an element sound that was begun by one. */
  turnOn(): void {
    this.on = true
    this.refused = false
    void this.#audio?.play().catch(() => undefined)
  }

  turnOff(): void {
    this.on = false
    this.#audio?.pause()
  }

  tryAgain(): void {
    this.broken = false
    this.#audio?.load()
  }

  /** Called a few times a second with where the room is. */
  follow({ position, playing }: { position: number; playing: boolean }, offset: number): void {
    const audio = this.#audio
    if (!audio || this.broken) return
    const wanted = inAudio(position, offset)
    const behind = wanted - audio.currentTime
    if (!this.on || !playing) {
      if (!audio.paused) audio.pause()
      if (this.on && Math.abs(behind) > DRIFT) audio.currentTime = wanted
      return
    }
    if (audio.paused) {
      if (this.refused) return
      audio.currentTime = wanted
      audio.play().catch((problem: unknown) => {
        if (problem instanceof DOMException && problem.name === 'NotAllowedError') this.refused = true
      })
      return
    }
    if (audio.seeking || audio.readyState < GOES_ON) return
    const { rate, jump } = correction(behind, this.#catching)
    this.#catching = rate !== 1
    if (audio.playbackRate !== rate) audio.playbackRate = rate
    if (jump) audio.currentTime = wanted
  }
}
