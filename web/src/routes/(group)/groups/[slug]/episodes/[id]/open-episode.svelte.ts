import { client } from '#lib/api.ts'
import { LiveDiscussion } from '#lib/threads/live-discussion.svelte.ts'
import { marksByParagraph, NEW, type Marked } from '#lib/threads/marks.ts'
import { paragraphAt, sectionsOf } from '#lib/threads/sections.ts'
import { anchorFromSelection, placeAnchor } from '#shared/anchors.ts'
import { lastMoment, type Episode } from '#shared/episodes.ts'
import { isAnchored, type Anchor, type Discussion } from '#shared/threads.ts'
import { NewThread } from './new-thread.svelte.ts'
import { placer } from './place-threads.ts'

const READ_AGAIN_AFTER = 3_000

/** An episode that somebody has open: its text as it is now, its threads where they stand in it, and the one being written. */
export class OpenEpisode {
  readonly live: LiveDiscussion
  readonly writing: NewThread
  episode: Episode = $state.raw() as Episode
  /** The text was imported again: it changes under whoever reads it, who keeps what they are writing. */
  importedAgain = $state(false)
  readonly #params: { slug: string; episodeId: string }

  constructor(slug: string, loaded: Episode, discussion: Discussion) {
    this.episode = loaded
    this.#params = { slug, episodeId: loaded.id }
    this.live = new LiveDiscussion(
      { ...this.#params, roomId: loaded.id },
      discussion,
      () => void this.#readAgain(),
    )
    this.writing = new NewThread(`${discussion.reader.id}:${loaded.id}:new`)
  }

  readonly sections = $derived(sectionsOf(this.episode))
  readonly duration = $derived(
    this.episode.duration ?? lastMoment(this.episode.segments) ?? this.episode.chapters.at(-1)?.start ?? null,
  )
  readonly #place = $derived(placer(this.episode.segments))
  readonly placed = $derived.by(() => this.#place(this.live.threads.filter(isAnchored)))
  /** Threads about the whole episode. */
  readonly whole = $derived.by(() => this.live.threads.filter((thread) => !isAnchored(thread)))
  readonly fresh = $derived.by(
    () => this.live.threads.filter((thread) => this.live.unread(thread) > 0).length,
  )
  /** Where the words of the new thread stand. */
  readonly drafted = $derived.by(
    () => this.writing.draft && placeAnchor(this.writing.draft.anchor, this.episode.segments),
  )
  /** The segment at which a thread is being written; -1 at the top. */
  readonly composing = $derived(this.drafted && (this.drafted.segment ?? -1))
  /** The paragraph that the new thread is about, to choose words from. */
  readonly around = $derived(paragraphAt(this.sections, this.composing ?? -1))

  /** As one text: most news moves no mark, and then no paragraph is looked at again. */
  readonly #marked = $derived(
    JSON.stringify([
      ...this.placed.map(({ thread: { id }, placement }) => ({ id, kind: 'thread', placement })),
      ...(this.drafted ? [{ id: NEW, kind: 'thread', placement: this.drafted }] : []),
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
    this.placed.flatMap(({ thread }) =>
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

  async #readAgain(): Promise<void> {
    try {
      const again = await client().getEpisode({ params: this.#params })
      this.importedAgain ||= again.importedAt !== this.episode.importedAt
      this.episode = again
    } catch {
      setTimeout(() => void this.#readAgain(), READ_AGAIN_AFTER)
    }
  }
}
