import { tick } from 'svelte'
import { goto } from '$app/navigation'
import { client, sentenceOf } from '#lib/api.ts'
import { findAddressed, focusPost, isAddressed, notHere } from '#lib/threads/addressed.ts'
import { NEW } from '#lib/threads/marks.ts'
import { paragraphAt, type Paragraph } from '#lib/threads/sections.ts'
import { anchorFromMoment, chapterAt, segmentAt } from '#shared/anchors.ts'
import type { Highlight } from '#shared/highlights.ts'
import { linkToMoment, timecode } from '#shared/moments.ts'
import type { Anchor } from '#shared/threads.ts'
import { OpenEpisode, type Loaded } from './open-episode.svelte.ts'
import type { Placed } from './place-threads.ts'
import { quoteWithTime } from './quote-with-time.ts'
import { momentOfAddress, paragraphOnTop, scrollToParagraph } from './reading.ts'
import { showCard } from './show-card.ts'

/** What just happened, with what can be done about it. */
export type Told = { words: string; action?: { label: string; run: () => unknown }; text?: string }

/** Closer than this is the same place. Seconds. */
const SAME_PLACE = 5

/** Somebody on the page of an episode: where they look, what they open, and what they do with the words. */
export class Reader {
  readonly here: OpenEpisode
  page = $state<HTMLElement>()
  /** The thread that is open. */
  opened = $state<string>()
  /** The highlight whose note is open. */
  noting = $state<string>()
  /** Where they look, when there is no audio. */
  moment = $state(0)
  /** The words that are selected. */
  selected = $state<Anchor>()
  told = $state.raw<Told>()
  /** A moment that somebody was led to, and that is folded. */
  beyond = $state<number>()

  constructor(loaded: Loaded) {
    this.here = new OpenEpisode(loaded, () => this.#whereIRead())
    this.moment = this.here.stopped ?? 0
  }

  /** Where the reader is without audio: at the paragraph on top. */
  #whereIRead(): number | undefined {
    if (scrollY <= 300) return undefined
    return paragraphOnTop(this.page, this.here.shown)?.start ?? undefined
  }

  async followAddress(): Promise<void> {
    const at = momentOfAddress()
    const [, highlightId] = /^#highlight-(.+)$/.exec(location.hash) ?? []
    const found = findAddressed(location.hash, this.here.live.threads)
    if (at !== undefined) await this.go(at)
    else if (highlightId) await this.goToHighlight(highlightId)
    else if (found) {
      await this.open(found.threadId)
      if (found.postId) await focusPost(found.postId)
    } else if (isAddressed(location.hash)) this.told = { words: notHere(location.hash) }
  }

  async go(to: number): Promise<void> {
    const { here } = this
    this.moment = to
    here.listening?.seek(to)
    if (here.hides(to)) return this.#meetFold(to)
    await tick()
    const segment = segmentAt(here.episode.segments, to)
    if (segment !== null) scrollToParagraph(this.page, here.sections, segment)
    else {
      const chapter = chapterAt(here.episode.chapters, to)
      this.page?.querySelector(`[data-chapter="${chapter?.start ?? ''}"]`)?.scrollIntoView()
    }
  }

  async #meetFold(to: number): Promise<void> {
    this.beyond = to
    await tick()
    const fold = this.page?.querySelector<HTMLElement>('[data-fold]')
    fold?.scrollIntoView({ block: 'center' })
    fold?.focus({ preventScroll: true })
  }

  hear(at: number): void {
    void goto(linkToMoment(at), { shallow: true, replace: true })
    const { listening } = this.here
    if (listening) {
      listening.seek(at)
      this.moment = at
      listening.play()
    } else void this.go(at)
  }

  async open(threadId: string): Promise<void> {
    const hidden = this.here.later.find(({ thread }) => thread.id === threadId)
    if (hidden) return this.#meetFold(hidden.thread.anchor.start ?? 0)
    this.opened = threadId
    await tick()
    document.getElementById(`thread-${threadId}`)?.focus({ preventScroll: true })
    void showCard(this.page, threadId)
  }

  /** Of several threads on the same words, each click opens the next. */
  openNext(ids: string[]): void {
    const next = ids[(ids.indexOf(this.opened ?? '') + 1) % ids.length]
    if (next) void this.open(next)
  }

  show({ thread, placement }: Placed): void {
    const mark = this.page?.querySelector<HTMLElement>(`[data-thread~="${thread.id}"]`)
    if (placement.segment !== null) scrollToParagraph(this.page, this.here.sections, placement.segment, mark)
  }

  begin(anchor: Anchor): void {
    this.here.writing.begin(anchor)
    this.here.listening?.pause()
    this.opened = undefined
    this.#unselect()
    void showCard(this.page, NEW)
  }

  anchorOf({ first, last, start }: Paragraph): Anchor {
    return this.here.choose(first, 0, last, Infinity) ?? anchorFromMoment(this.here.episode, start ?? 0)
  }

  /** A thread on the moment that is heard. */
  mark(): void {
    this.begin(anchorFromMoment(this.here.episode, Math.floor(this.here.listening?.moment ?? this.moment)))
  }

  /** About what is selected, else what is heard, else what stands on top. */
  startHere(): void {
    const top = paragraphOnTop(this.page, this.here.shown)
    if (this.selected) this.begin(this.selected)
    else if (this.here.listening?.begun) this.mark()
    else if (top) this.begin(this.anchorOf(top))
    else this.begin(anchorFromMoment(this.here.episode, this.moment))
  }

  async copy(anchor: Anchor): Promise<void> {
    const { episode, listening } = this.here
    const text = quoteWithTime(anchor, {
      page: `${location.origin}${location.pathname}`,
      title: episode.title,
      offset: listening?.offset ?? 0,
    })
    try {
      await navigator.clipboard.writeText(text)
      this.told = { words: 'Copied, with the time and a link.' }
    } catch {
      this.told = { words: 'Your browser does not let us copy. Here it is:', text }
    }
  }

  /** The selected words, or the line that is heard. */
  copyHere(): void {
    const line = paragraphAt(this.here.sections, this.here.playing ?? -1)
    const anchor = this.selected ?? (line && this.anchorOf(line))
    if (anchor) void this.copy(anchor)
    else
      this.told = { words: 'Select some words first, or press play: then the line that is heard is copied.' }
  }

  async highlight(anchor: Anchor | undefined = this.selected): Promise<void> {
    if (!anchor?.quote) {
      this.told = { words: 'Select some words first.' }
      return
    }
    this.#unselect()
    try {
      const { id } = await this.here.mine.mark(anchor)
      this.told = {
        words: 'Highlighted, for you alone.',
        action: { label: 'Add a note', run: () => (this.noting = id) },
      }
    } catch (problem) {
      this.told = { words: sentenceOf(problem) }
    }
  }

  async deleteHighlight({ id, anchor, note }: Highlight): Promise<void> {
    const { mine } = this.here
    await mine.delete(id)
    this.noting = undefined
    this.told = {
      words: 'The highlight is deleted.',
      action: { label: 'Undo', run: () => mine.save(id, { anchor, note }) },
    }
  }

  async goToHighlight(id: string): Promise<void> {
    const found = this.here.highlighted.find(({ highlight }) => highlight.id === id)
    if (!found) return
    const { segment } = found.placement
    const start = segment === null ? null : (this.here.episode.segments[segment]?.start ?? null)
    if (this.here.hides(start)) return this.#meetFold(start ?? 0)
    await tick()
    const mark = this.page?.querySelector<HTMLElement>(`[data-highlight="${id}"]`)
    if (segment !== null) scrollToParagraph(this.page, this.here.sections, segment, mark)
  }

  /** The audio says now what a line of the transcript begins with. */
  async hearThisNow({ start }: Paragraph): Promise<void> {
    const { listening } = this.here
    if (!listening || start === null) return
    const before = listening.offset
    const set = (offset: number) => this.here.setOffset(offset)
    await this.tell(() => set(Math.round(listening.own - start)), {
      words: 'Your audio and the text are together now.',
      action: { label: 'Undo', run: () => set(before) },
    })
  }

  /** Somebody got as far as this with another player. */
  async stopHere({ start }: Paragraph): Promise<void> {
    const { here } = this
    if (start === null) return
    await this.tell(
      async () => {
        await here.setReached({ reached: start, revealed: here.revealed })
        here.stopped = start
        here.listening?.seek(start)
        this.moment = start
      },
      { words: `You are at ${timecode(start)} now.` },
    )
  }

  changeSpeed(speed: number): Promise<void> {
    return this.tell(() => this.here.change({ speed }), { words: `Speed ${speed} ×.` })
  }

  /** Another device may have gone on while this page was not looked at. */
  async lookForOtherDevice(): Promise<void> {
    const { here } = this
    if (here.listening?.playing) return
    try {
      const { moment, stoppedAt } = await client().getListening({ params: here.params })
      const mine = here.listening?.moment ?? this.moment
      if (moment === null || stoppedAt === null || stoppedAt <= (here.stoppedAt ?? '')) return
      here.stoppedAt = stoppedAt
      if (Math.abs(moment - mine) < SAME_PLACE) return
      this.told = {
        words: `You went on to ${timecode(moment)} on another device.`,
        action: { label: 'Go there', run: () => this.go(moment) },
      }
    } catch {
      // No connection: they go on from where they are.
    }
  }

  /** Does something, and says what became of it. */
  async tell(what: () => Promise<unknown>, told: Told): Promise<void> {
    try {
      await what()
      this.told = told
    } catch (problem) {
      this.told = { words: sentenceOf(problem) }
    }
  }

  #unselect(): void {
    this.selected = undefined
    getSelection()?.removeAllRanges()
  }
}
