import type { Attachment } from 'svelte/attachments'
import { rangesOf, type Ranges } from '#shared/ranges.ts'

/** How long a post stands before the eyes until it is read, and how long more are waited for. */
const SEEN_FOR = 800
const GATHER_FOR = 400
/** So much of a post, or of the window, has to be in sight. */
const ENOUGH = 0.6

/** Tells which posts somebody had before their eyes for a moment, several at once. */
export class SeenPosts {
  readonly #tell: (seen: Ranges) => Promise<void>
  #seen: number[] = []
  #telling: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (seen: Ranges) => Promise<void>) {
    this.#tell = tell
  }

  /** @param wanted whether it still matters that this post is seen */
  readonly watch =
    (number: number, wanted: () => boolean): Attachment<HTMLElement> =>
    (element) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      let inSight = false
      const look = () => {
        clearTimeout(timer)
        if (!inSight || document.visibilityState !== 'visible') return
        timer = setTimeout(() => wanted() && this.#note(number), SEEN_FOR)
      }
      const observer = new IntersectionObserver(
        (entries) => {
          const entry = entries.at(-1)
          inSight = entry !== undefined && isEnough(entry)
          look()
        },
        { threshold: [0, 0.2, 0.4, ENOUGH, 0.8, 1] },
      )
      observer.observe(element)
      document.addEventListener('visibilitychange', look)
      return () => {
        clearTimeout(timer)
        observer.disconnect()
        document.removeEventListener('visibilitychange', look)
      }
    }

  #note(number: number): void {
    this.#seen.push(number)
    clearTimeout(this.#telling)
    this.#telling = setTimeout(() => {
      const seen = rangesOf(this.#seen)
      this.#seen = []
      // What was not told is seen again the next time.
      void this.#tell(seen).catch(() => undefined)
    }, GATHER_FOR)
  }
}

/** A long post never is in sight as a whole: then it is enough that it fills the window. */
const isEnough = ({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  rootBounds,
}: IntersectionObserverEntry) =>
  isIntersecting &&
  (intersectionRatio >= ENOUGH ||
    (rootBounds !== null && intersectionRect.height >= rootBounds.height * ENOUGH))
