import { labelsOf, offer, queryAt, type Person, type Query } from '#shared/mentions.ts'

const MOST_OFFERED = 6

/** Whom a field offers while a name is typed behind an @, and what the keys do then. */
export class MentionPicker {
  readonly #people: () => readonly Person[]
  readonly #me: () => string | undefined
  #query: Query | null = $state.raw(null)
  /** The @ that somebody put the offer away for. */
  #dismissed = -1
  at = $state(0)

  constructor(people: () => readonly Person[], me: () => string | undefined) {
    this.#people = people
    this.#me = me
  }

  readonly offered: readonly Person[] = $derived.by(() => {
    if (!this.#query) return []
    // Labels are made over everybody, so one name keeps one label.
    return offer(this.#people(), this.#query)
      .filter(({ id }) => id !== this.#me())
      .slice(0, MOST_OFFERED)
  })

  get open(): boolean {
    return this.offered.length > 0
  }

  get active(): Person | undefined {
    return this.offered[this.at]
  }

  labelOf({ id }: Person): string {
    return labelsOf(this.#people()).get(id) ?? ''
  }

  /** Says whether a name is being typed. */
  look(field: HTMLTextAreaElement): boolean {
    const { value, selectionStart, selectionEnd } = field
    const query = selectionStart === selectionEnd ? queryAt(value, selectionStart) : null
    if (query?.at !== this.#dismissed) this.#dismissed = -1
    const next = query && query.at !== this.#dismissed ? query : null
    if (next?.words !== this.#query?.words || next?.at !== this.#query?.at) this.at = 0
    this.#query = next
    return next !== null
  }

  close(): void {
    this.#query = null
  }

  /** Takes the keys that are meant for the offer: the field gets the others. */
  key(event: KeyboardEvent, field: HTMLTextAreaElement): void {
    if (!this.open || event.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
        this.at = (this.at + 1) % this.offered.length
        break
      case 'ArrowUp':
        this.at = (this.at + this.offered.length - 1) % this.offered.length
        break
      case 'Enter':
        if (event.shiftKey || event.ctrlKey || event.metaKey || !this.active) return
        this.choose(this.active, field)
        break
      case 'Escape':
        this.#dismissed = this.#query?.at ?? -1
        this.close()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  /** Puts the name in place of what was typed, as if it had been typed: it can be undone. */
  choose(person: Person, field: HTMLTextAreaElement): void {
    if (!this.#query) return
    const { at } = this.#query
    const follows = /^\s/.test(field.value.slice(field.selectionStart))
    const text = `@${this.labelOf(person)}${follows ? '' : ' '}`
    this.#dismissed = at
    this.close()
    field.focus()
    field.setSelectionRange(at, field.selectionStart)
    if (insertText(text)) return
    field.setRangeText(text, at, field.selectionEnd, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}

/** The one way that browsers take into their undo. */
function insertText(text: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else keeps the undo of a textarea
  return document.execCommand('insertText', false, text)
}
