import { inAudio, inTranscript, SPEEDS } from '#shared/listening.ts'
import { keyAction } from './keys.ts'

/** How far on the buttons and keys skip. Seconds. */
export const SKIP = 15

/**
 * The audio of an episode and how somebody listens to it. Every moment here is one of the transcript; `offset` says how
 * much later the audio of this listener is.
 */
export class Listening {
  readonly url: string
  offset = $state(0)
  playing = $state(false)
  /** Whether the text moves along; ends when the reader goes somewhere else. */
  following = $state(true)
  broken = $state(false)
  /** How far was heard in this visit. */
  heard = $state(0)
  /** How long the audio is, as the browser says. */
  length = $state<number>()
  /** Single keys play, skip and mark; they can be switched off, for those whom they surprise. */
  keys = $state(true)
  /** Where the audio stands, in its own time; nothing before anybody listened. */
  #at = $state<number>()
  #speed = $state(1)
  #audio: HTMLAudioElement | undefined
  /** Somebody types, and it goes on once they have sent. */
  #waits = false
  readonly #change: (what: 'moved' | 'stopped') => void

  /** `change` hears when the audio moved on, and when it stopped or was sent elsewhere. */
  constructor(url: string, change: (what: 'moved' | 'stopped') => void = () => undefined) {
    this.url = url
    this.#change = change
  }

  readonly begun = $derived(this.#at !== undefined && this.#at > 0)
  readonly moment = $derived(this.#at === undefined ? 0 : inTranscript(this.#at, this.offset))
  /** The same moment in the listener's own audio. */
  readonly own = $derived(this.#at ?? 0)

  get speed(): number {
    return this.#speed
  }
  set speed(speed: number) {
    this.#speed = speed
    if (this.#audio) this.#audio.playbackRate = speed
  }

  hold(audio: HTMLAudioElement): () => void {
    this.#audio = audio
    audio.defaultPlaybackRate = this.#speed
    audio.playbackRate = this.#speed
    const on = {
      timeupdate: () => {
        this.#at = audio.currentTime
        if (!audio.paused) this.heard = Math.max(this.heard, this.moment)
        this.#change('moved')
      },
      seeking: () => (this.#at = audio.currentTime),
      seeked: () => this.#change('stopped'),
      durationchange: () => (this.length = Number.isFinite(audio.duration) ? audio.duration : undefined),
      play: () => (this.playing = true),
      pause: () => {
        this.playing = false
        this.#change('stopped')
      },
      ended: () => (this.playing = false),
      error: () => {
        this.broken = true
        this.playing = false
      },
    }
    for (const [name, hear] of Object.entries(on)) audio.addEventListener(name, hear)
    // It may have been faster than the page.
    if (audio.error) this.broken = true
    on.durationchange()
    if (this.#at !== undefined) audio.currentTime = this.#at
    return () => {
      for (const [name, hear] of Object.entries(on)) audio.removeEventListener(name, hear)
      this.#audio = undefined
    }
  }

  seek(moment: number): void {
    this.#at = inAudio(moment, this.offset)
    if (this.#audio) this.#audio.currentTime = this.#at
  }

  /** To a place in the listener's own audio. */
  seekOwn(at: number): void {
    this.seek(inTranscript(at, this.offset))
  }

  play(): void {
    this.following = true
    this.#waits = false
    // A browser may want a gesture first; the button is one.
    void this.#audio?.play().catch(() => undefined)
  }

  pause(): void {
    this.#waits = false
    this.#audio?.pause()
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  /** Whoever types is not talked over. */
  waitForTyping(): void {
    // The element knows at once; its events come a little later.
    if (!this.#audio || this.#audio.paused) return
    this.#audio.pause()
    this.#waits = true
  }

  /** Goes on once something was sent, when typing was what stopped it. */
  goOnAfterTyping(): void {
    if (this.#waits) this.play()
  }

  /** Tries the same address again, from where it was. */
  tryAgain(): void {
    this.broken = false
    this.#audio?.load()
    if (this.#audio && this.#at !== undefined) this.#audio.currentTime = this.#at
  }

  skip(seconds: number): void {
    const longest = this.length ?? Infinity
    this.seekOwn(Math.min(longest, Math.max(0, this.own + seconds)))
  }

  /** To the next speed that is offered, up or down. */
  changeSpeed(faster: boolean): number {
    const next = faster
      ? SPEEDS.find((speed) => speed > this.#speed)
      : SPEEDS.findLast((speed) => speed < this.#speed)
    this.speed = next ?? this.#speed
    return this.#speed
  }

  /** What a key does, unless it means something where it was pressed. Moving on the page ends following. */
  key(event: KeyboardEvent): ReturnType<typeof keyAction> {
    if (/^(Page|Arrow(Up|Down)|Home|End)/.test(event.key)) this.following = false
    const action = this.keys ? keyAction(event, event.target as Element) : undefined
    if (action === undefined) return undefined
    event.preventDefault()
    if (action === 'toggle') this.toggle()
    else if (action === 'back') this.skip(-SKIP)
    else if (action === 'on') this.skip(SKIP)
    return action
  }
}
