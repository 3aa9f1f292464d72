import { nextStep, type Step } from '#shared/live/rules.ts'
import type { LiveSession } from './live-session.svelte.ts'

/** A button that just changed its meaning does not take the second half of a double click. */
const SETTLES = 600

const LABELS: Record<Step, string> = {
  open: 'Open the room',
  start: 'Start the session',
  reveal: 'Reveal answers',
  count: 'Count the votes',
  topic: 'Next topic',
  next: 'Next block',
  close: 'Close the session',
  none: '',
}

/** The one next thing for whoever runs the session, at the table and on the phone. Made while a component starts. */
export class NextThing {
  settled = $state(false)
  /** Closing asks first. */
  closing = $state(false)
  readonly #live: LiveSession
  // Derived: the step looks at the clock, and only another step is another moment.
  readonly #moment = $derived.by(() => {
    const { block, view } = this.#live
    const turn = this.step === 'speaker' ? (view.speaking?.turnId ?? '') : ''
    return `${this.step} ${block?.id ?? ''} ${block?.discussion?.topicId ?? ''} ${turn}`
  })

  constructor(live: LiveSession) {
    this.#live = live
    $effect(() => {
      if (this.#moment) this.settled = false
      const timer = setTimeout(() => (this.settled = true), SETTLES)
      return () => clearTimeout(timer)
    })
  }

  get step(): Step | 'speaker' {
    const step = nextStep(this.#live.view, this.#live.now)
    // While people speak in turn, whoever is next comes before the next block.
    const goesOn = step === 'next' || step === 'close'
    return goesOn && this.#live.spoken.waiting.length > 0 ? 'speaker' : step
  }

  get label(): string {
    const { step } = this
    if (step === 'next' && this.#live.overDays) return 'End this part and go on'
    return step === 'speaker' ? this.#live.spoken.nextInWords : LABELS[step]
  }

  do = (): unknown => {
    const { block } = this.#live
    if (!this.settled) return
    switch (this.step) {
      case 'open':
        return this.#live.open()
      case 'start':
      case 'next':
        return this.#live.next()
      case 'reveal':
        return block && this.#live.reveal(block.id)
      case 'speaker':
        return this.#live.spoken.next()
      case 'count':
        return this.#live.ballots.count()
      case 'topic':
        return this.#live.ballots.discuss(null)
      case 'close':
        this.closing = true
        return
      case 'none':
        return
    }
  }
}
