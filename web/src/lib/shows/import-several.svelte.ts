import { sentenceOf } from '#lib/api.ts'
import { count } from '#lib/episodes/words.ts'

type Named = { id: string; title: string }

/** Makes episodes of several items, one after another, and says how far it is. Trying again makes none twice. */
export class ImportSeveral {
  busy = $state(false)
  progress = $state('')
  told = $state('')
  failed = $state<{ title: string; sentence: string }[]>([])
  readonly #ids: Record<string, string> = {}

  async run<Item extends Named>(
    items: readonly Item[],
    make: (item: Item, id: string) => Promise<void>,
  ): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.told = ''
    this.failed = []
    let made = 0
    try {
      for (const [at, item] of items.entries()) {
        this.progress = `Making ${at + 1} of ${items.length}: ${item.title}`
        try {
          await make(item, this.#idFor(item))
          made += 1
        } catch (problem) {
          this.failed.push({ title: item.title, sentence: sentenceOf(problem) })
        }
      }
    } finally {
      this.busy = false
      this.progress = ''
    }
    this.told =
      this.failed.length === 0
        ? `${count(made, 'episode')} made. Members find ${made === 1 ? 'it' : 'them'} under Episodes.`
        : `${made === 0 ? 'No episode was' : `${count(made, 'episode')} ${made === 1 ? 'was' : 'were'}`} made, ${this.failed.length} could not be. They are still chosen, so you can try again.`
  }

  /** The same for each try, so that an answer that got lost makes no second episode. */
  #idFor({ id }: Named): string {
    return (this.#ids[id] ??= crypto.randomUUID())
  }
}
