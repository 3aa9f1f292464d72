import { shelf } from './shelf.ts'

const KEY = 'shortside:gong'
const STRUCK = 'shortside:gong-struck'
/** Partials of a small bowl: how high over the first, how loud, and how many seconds they ring. */
const PARTIALS = [
  [1, 0.5, 3.2],
  [2.76, 0.22, 1.8],
  [5.4, 0.08, 0.9],
] as const
const DEEP = 220
const HIGH = 330

/** A soft gong on this device, off until somebody wants it. Browsers let it sound only after a press on the page. */
class Gong {
  on = $state(false)
  #context: AudioContext | undefined

  /** Browser only: what was chosen on this device before. The first press on the page lets it sound. */
  restore(): () => void {
    this.on = shelf.getItem(KEY) === 'on'
    const wake = () => {
      if (this.on) void this.#awake()
    }
    // Switched in another tab of this device, it is switched here.
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key === KEY) this.on = newValue === 'on'
    }
    window.addEventListener('pointerdown', wake)
    window.addEventListener('keydown', wake)
    window.addEventListener('storage', hear)
    return () => {
      window.removeEventListener('storage', hear)
      window.removeEventListener('pointerdown', wake)
      window.removeEventListener('keydown', wake)
    }
  }

  /** Switched on, it sounds once, so that one hears how loud it is. */
  toggle = () => {
    this.on = !this.on
    if (!this.on) return shelf.removeItem(KEY)
    shelf.setItem(KEY, 'on')
    void this.#sound('minute')
  }

  /** Of several tabs that can sound on one device, such as table and wall, one does. */
  strike = async (what: 'minute' | 'end', deadline: string): Promise<void> => {
    if (!this.on) return
    const context = await this.#awake()
    if (context?.state === 'running' && (await isFirstTab(`${what} ${deadline}`))) await this.#sound(what)
  }

  async #sound(what: 'minute' | 'end'): Promise<void> {
    const context = await this.#awake()
    if (context?.state !== 'running') return
    const pitch = what === 'minute' ? HIGH : DEEP
    const start = context.currentTime + 0.02
    for (const [over, loud, seconds] of PARTIALS) {
      const tone = new OscillatorNode(context, { frequency: pitch * over })
      const volume = new GainNode(context, { gain: 0 })
      volume.gain.linearRampToValueAtTime(loud * 0.5, start + 0.015)
      volume.gain.exponentialRampToValueAtTime(0.0001, start + seconds)
      tone.connect(volume).connect(context.destination)
      tone.start(start)
      tone.stop(start + seconds)
    }
  }

  async #awake(): Promise<AudioContext | undefined> {
    if (!('AudioContext' in window)) return undefined
    this.#context ??= new AudioContext()
    // Without a press before, this never settles: whoever waits for it would wait for good.
    if (this.#context.state === 'suspended') await Promise.race([this.#context.resume(), shortWhile()])
    return this.#context
  }
}

/** Whoever takes the lock first says that this moment was struck. */
function isFirstTab(moment: string): Promise<boolean> {
  const take = () => {
    if (shelf.getItem(STRUCK) === moment) return false
    shelf.setItem(STRUCK, moment)
    return true
  }
  return 'locks' in navigator ? navigator.locks.request(KEY, take) : Promise.resolve(take())
}

const shortWhile = () => new Promise((resolve) => setTimeout(resolve, 200))

export const gong = new Gong()
