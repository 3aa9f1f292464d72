const KEYS_OFF = 'shortside:keys-off'

/** The audio of an episode and how somebody listens to it. */
export class Listening {
  readonly url: string
  moment = $state(0)
  playing = $state(false)
  /** Whether the text moves along; ends when the reader goes somewhere else. */
  following = $state(true)
  broken = $state(false)
  /** Single keys play and mark; they can be switched off, for those whom they surprise. */
  #keys = $state(true)
  #audio: HTMLAudioElement | undefined
  /** Where to begin, when it was said before the audio was there. */
  #begin: number | undefined

  constructor(url: string) {
    this.url = url
  }

  get keys(): boolean {
    return this.#keys
  }
  set keys(on: boolean) {
    this.#keys = on
    try {
      if (on) localStorage.removeItem(KEYS_OFF)
      else localStorage.setItem(KEYS_OFF, 'yes')
    } catch {
      // It holds for this visit then.
    }
  }

  hold(audio: HTMLAudioElement): () => void {
    this.#audio = audio
    try {
      this.#keys = localStorage.getItem(KEYS_OFF) === null
    } catch {
      // The keys stay on.
    }
    const on = {
      timeupdate: () => (this.moment = audio.currentTime),
      seeking: () => (this.moment = audio.currentTime),
      play: () => (this.playing = true),
      pause: () => (this.playing = false),
      error: () => (this.broken = true),
    }
    for (const [name, hear] of Object.entries(on)) audio.addEventListener(name, hear)
    if (audio.error) this.broken = true
    if (this.#begin !== undefined) audio.currentTime = this.#begin
    return () => {
      for (const [name, hear] of Object.entries(on)) audio.removeEventListener(name, hear)
      this.#audio = undefined
    }
  }

  seek(moment: number): void {
    this.moment = moment
    this.#begin = moment
    if (this.#audio) this.#audio.currentTime = moment
  }

  play(): void {
    this.following = true
    // A browser may want a gesture first; the button is one.
    void this.#audio?.play().catch(() => undefined)
  }

  pause(): void {
    this.#audio?.pause()
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  /** Space plays and M marks, unless the key means something where it was pressed. Moving on the page ends following. */
  key(event: KeyboardEvent, mark: () => void): void {
    if (/^(Page|Arrow(Up|Down)|Home|End)/.test(event.key)) this.following = false
    const on = (what: string) => (event.target as Element).closest(what) !== null
    if (!this.keys || event.ctrlKey || event.metaKey || event.altKey) return
    if (on('input:not([type=range]), textarea, select, [contenteditable]')) return
    if (event.key.toLowerCase() === 'm') {
      event.preventDefault()
      mark()
    } else if (event.key === ' ' && !on('button, a, summary, input, label')) {
      event.preventDefault()
      this.toggle()
    }
  }

  skip(seconds: number): void {
    const longest = this.#audio?.duration || Infinity
    this.seek(Math.min(longest, Math.max(0, this.moment + seconds)))
  }
}
