import { untrack } from 'svelte'
import { client } from '#lib/api.ts'
import { MyHighlights } from '#lib/highlights/my-highlights.svelte.ts'
import { LiveDiscussion } from '#lib/threads/live-discussion.svelte.ts'
import { marksByParagraph, NEW, type Marked } from '#lib/threads/marks.ts'
import { paragraphAt, sectionsOf } from '#lib/threads/sections.ts'
import { anchorFromSelection, placeAnchor, segmentAt } from '#shared/anchors.ts'
import { lastMoment, type Episode } from '#shared/episodes.ts'
import type { Highlight } from '#shared/highlights.ts'
import type { Listening as Listened, ListeningSettings } from '#shared/listening.ts'
import { isAnchored, type Anchor, type Discussion } from '#shared/threads.ts'
import { foldAfter } from './fold.ts'
import { Listening } from './listening.svelte.ts'
import { NewThread } from './new-thread.svelte.ts'
import { placer, type Placed } from './place-threads.ts'
import { StopKeeper } from './stop-keeper.ts'

const READ_AGAIN_AFTER = 3_000

export type Loaded = {
  slug: string
  episode: Episode
  discussion: Discussion
  listening: Listened
  highlights: Highlight[]
}

/**
 * An episode that somebody has open: its text as it is now, its threads and highlights where they stand in it, what is
 * being written, and how far they are.
 */
export class OpenEpisode {
  readonly live: LiveDiscussion
  readonly writing: NewThread
  readonly mine: MyHighlights
  readonly keeper: StopKeeper
  readonly params: { slug: string; episodeId: string }
  episode: Episode = $state.raw() as Episode
  settings: ListeningSettings = $state.raw() as ListeningSettings
  /** Where they stopped the last time; nothing when they were never here. */
  stopped = $state<number>()
  stoppedAt: string | null
  revealed = $state(false)
  /** The text was imported again: it changes under whoever reads it, who keeps what they are writing. */
  importedAgain = $state(false)
  /** How far they had got when they came. */
  #reached = $state(0)
  /** An offset is for one address: another one has other advertisements. */
  readonly #offset: { of: string | null; seconds: number }

  /** `whereIRead` says where they are without audio. */
  constructor(
    { slug, episode, discussion, listening, highlights }: Loaded,
    whereIRead: () => number | undefined,
  ) {
    this.episode = episode
    this.params = { slug, episodeId: episode.id }
    this.settings = listening.settings
    this.stopped = listening.moment ?? undefined
    this.stoppedAt = listening.stoppedAt
    this.revealed = listening.revealed
    this.#reached = listening.reached ?? 0
    this.#offset = { of: episode.audioUrl, seconds: listening.offset }
    this.live = new LiveDiscussion(
      { ...this.params, roomId: episode.id },
      discussion,
      () => void this.#readAgain(),
    )
    this.writing = new NewThread(`${discussion.reader.id}:${episode.id}:new`)
    this.mine = new MyHighlights(this.params, highlights)
    const known = { moment: listening.moment ?? 0, reached: this.#reached }
    this.keeper = new StopKeeper(this.params, known, () => {
      const moment = this.listening?.begun ? this.listening.moment : whereIRead()
      return moment === undefined ? undefined : { moment, reached: this.#reachedFrom(moment) }
    })
  }

  readonly sections = $derived(sectionsOf(this.episode))
  readonly #audioUrl = $derived(this.episode.audioUrl)
  readonly listening = $derived(this.#audioUrl === null ? undefined : this.#listenTo(this.#audioUrl))
  readonly duration = $derived(
    this.episode.duration ?? lastMoment(this.episode.segments) ?? this.episode.chapters.at(-1)?.start ?? null,
  )
  /** The segment that is heard now. */
  readonly playing = $derived(
    this.listening?.begun
      ? (segmentAt(this.episode.segments, this.listening.moment) ?? undefined)
      : undefined,
  )

  /** How far they are, to the paragraph: most of the time listening on changes nothing. */
  readonly #reachedStart = $derived.by(() => {
    const reached = Math.max(this.#reached, this.listening?.heard ?? 0)
    const starts = this.sections.flatMap(({ chapter, paragraphs }) => [
      chapter?.start ?? null,
      ...paragraphs.map(({ start }) => start),
    ])
    return starts.reduce<number>(
      (last, start) => (start !== null && start <= reached && start > last ? start : last),
      0,
    )
  })
  readonly canFold = $derived(this.sections.some(({ paragraphs }) => paragraphs.some(({ start }) => start)))
  readonly folded = $derived(
    this.settings.fold && !this.revealed && this.canFold
      ? foldAfter(this.sections, this.#reachedStart)
      : undefined,
  )
  readonly shown = $derived(this.folded?.sections ?? this.sections)

  readonly #place = $derived(placer(this.episode.segments))
  readonly placed = $derived.by(() => this.#place(this.live.threads.filter(isAnchored)))
  /** Threads about the whole episode. */
  readonly whole = $derived.by(() => this.live.threads.filter((thread) => !isAnchored(thread)))
  readonly fresh = $derived.by(
    () => this.live.threads.filter((thread) => this.live.unread(thread) > 0).length,
  )
  /** The threads that stand in what is shown, and those in what is folded. */
  readonly inSight = $derived(this.placed.filter((one) => !this.isFolded(one)))
  readonly later = $derived(this.placed.filter((one) => this.isFolded(one)))
  /** As the page stands; what is folded is not told of. */
  readonly inReadingOrder = $derived.by(() => [...this.inSight.map(({ thread }) => thread), ...this.whole])
  /** Where the words of the new thread stand. */
  readonly drafted = $derived.by(
    () => this.writing.draft && placeAnchor(this.writing.draft.anchor, this.episode.segments),
  )
  /** The segment at which a thread is being written; -1 at the top. */
  readonly composing = $derived.by(() => {
    const segment = this.drafted && (this.drafted.segment ?? -1)
    return segment !== undefined && this.hides(this.episode.segments[segment]?.start ?? null) ? -1 : segment
  })
  /** The paragraph that the new thread is about, to choose words from. */
  readonly around = $derived(paragraphAt(this.sections, this.composing ?? -1))
  /** My highlights, each where its words stand now. */
  readonly highlighted = $derived.by(() =>
    this.mine.list.map((highlight) => ({
      highlight,
      placement: placeAnchor(highlight.anchor, this.episode.segments),
    })),
  )

  /** As one text: most news moves no mark, and then no paragraph is looked at again. */
  readonly #marked = $derived(
    JSON.stringify([
      ...this.placed.map(({ thread: { id }, placement }) => ({ id, kind: 'thread', placement })),
      ...(this.drafted ? [{ id: NEW, kind: 'thread', placement: this.drafted }] : []),
      ...this.highlighted.map(({ highlight: { id }, placement }) => ({ id, kind: 'highlight', placement })),
    ]),
  )
  readonly marks = $derived(
    marksByParagraph(
      JSON.parse(this.#marked) as Marked[],
      this.sections.flatMap(({ paragraphs }) => paragraphs),
      this.episode.segments,
    ),
  )
  /** Where the group talks, for the timeline. */
  readonly density = $derived(
    this.inSight.flatMap(({ thread }) =>
      thread.anchor.start === null
        ? []
        : [
            {
              start: thread.anchor.start,
              posts: thread.posts.length,
              fresh: this.live.unread(thread) > 0,
            },
          ],
    ),
  )

  choose(segment: number, offset: number, other: number, to: number): Anchor | null {
    return anchorFromSelection(this.episode, { segment, offset }, { segment: other, offset: to })
  }

  isFolded({ thread, placement }: Placed): boolean {
    const stands = placement.segment === null ? null : this.episode.segments[placement.segment]?.start
    return this.hides(Math.max(thread.anchor.start ?? 0, stands ?? 0))
  }

  /** Whether a moment lies in what is folded. */
  hides(moment: number | null): boolean {
    const next = this.folded?.next
    return next != null && moment !== null && moment >= next
  }

  /** For reading only: whoever folds gets on by listening, or by saying so. */
  #reachedFrom(moment: number): number {
    const read = this.listening?.begun || this.settings.fold ? 0 : moment
    return Math.max(this.#reached, this.listening?.heard ?? 0, read)
  }

  /** Folds after a moment, or shows everything. */
  async setReached(body: { reached?: number; revealed: boolean }): Promise<void> {
    const { reached, revealed } = await client().setReached({ params: this.params, body })
    this.#reached = reached ?? 0
    this.revealed = revealed
    if (body.reached !== undefined && this.listening) this.listening.heard = body.reached
  }

  async change(changed: Partial<ListeningSettings>): Promise<void> {
    this.settings = { ...this.settings, ...changed }
    if (this.listening) Object.assign(this.listening, pick(changed))
    this.settings = await client().changeListening({ body: changed })
  }

  /** Says how much later my audio is; the moment that is heard stays where the audio is. */
  async setOffset(offset: number): Promise<void> {
    const { listening } = this
    if (!listening) return
    await client().setOffset({ params: this.params, body: { audioUrl: listening.url, offset } })
    listening.offset = offset
  }

  #listenTo(url: string): Listening {
    return untrack(() => {
      const listening = new Listening(url, (what) => this.keeper[what]())
      Object.assign(listening, pick(this.settings))
      listening.offset = url === this.#offset.of ? this.#offset.seconds : 0
      if (this.stopped !== undefined) listening.seek(this.stopped)
      return listening
    })
  }

  async #readAgain(): Promise<void> {
    try {
      const again = await client().getEpisode({ params: this.params })
      this.importedAgain ||= again.importedAt !== this.episode.importedAt
      this.episode = again
    } catch {
      setTimeout(() => void this.#readAgain(), READ_AGAIN_AFTER)
    }
  }
}

/** What the player needs of the settings. */
const pick = ({ speed, keys }: Partial<ListeningSettings>) => ({
  ...(speed === undefined ? {} : { speed }),
  ...(keys === undefined ? {} : { keys }),
})
